package io.actionscheduler.app.parts;

import io.actionscheduler.config.Settings;
import io.actionscheduler.zone.SystemZone;
import io.actionscheduler.zone.ZoneChoice;
import io.actionscheduler.zone.ZoneData;
import io.actionscheduler.zone.Zones;
import java.time.Instant;
import java.util.Optional;

/** Puts the time zone data into force that the settings ask for. */
public final class ZoneSetup {
  private ZoneSetup() {}

  /** Which data are asked for, and where they may come from. */
  public static ZoneChoice choice(Settings settings) {
    return ZoneChoice.of(settings.timezoneData(), System.getenv());
  }

  /** Does it, where others are in force than asked for. */
  public static void apply(Settings settings, Instant now) {
    ZoneChoice choice = choice(settings);
    if (Zones.isInstalled() && !Zones.inForce().choice().equals(choice)) {
      use(ZoneData.of(choice), now);
    }
  }

  /** That the zone of the system is asked for, and cannot be told; empty where all is well. */
  public static Optional<String> fault(Settings settings) {
    boolean asked =
        settings.origins().stream()
            .anyMatch(
                origin ->
                    origin.key().equals("timezone") && origin.value().equalsIgnoreCase("system"));
    return SystemZone.fault()
        .filter(fault -> asked)
        .map(fault -> "timezone=system: " + fault + "; set timezone, or mend TZ");
  }

  /** Puts {@code data} into force. */
  public static void use(ZoneData data, Instant now) {
    Zones.use(data);
    SystemZone.follow(now);
  }
}
