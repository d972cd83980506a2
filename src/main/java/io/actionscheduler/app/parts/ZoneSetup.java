package io.actionscheduler.app.parts;

import io.actionscheduler.config.Settings;
import io.actionscheduler.zone.SystemZone;
import io.actionscheduler.zone.ZoneChoice;
import io.actionscheduler.zone.ZoneData;
import io.actionscheduler.zone.Zones;
import java.time.Instant;
import java.util.Optional;

/** Activates the time zone data that the settings name. */
public final class ZoneSetup {
  private ZoneSetup() {}

  /** The time zone data that the settings ask for, and where they may come from. */
  public static ZoneChoice choice(Settings settings) {
    return ZoneChoice.of(settings.timezoneData(), System.getenv());
  }

  /** Activates the data, if others are in force. */
  public static void apply(Settings settings, Instant now) {
    ZoneChoice choice = choice(settings);
    if (Zones.isInstalled() && !Zones.inForce().choice().equals(choice)) {
      use(ZoneData.of(choice), now);
    }
  }

  /**
   * The message that the zone of the system is needed and unknown; empty where there is no problem.
   */
  public static Optional<String> fault(Settings settings) {
    boolean asked =
        settings.origins().stream()
            .anyMatch(
                origin ->
                    origin.key().equals("timezone") && origin.value().equalsIgnoreCase("system"));
    return SystemZone.fault()
        .filter(fault -> asked)
        .map(fault -> "timezone=system: " + fault + "; set timezone, or correct TZ");
  }

  /** Activates {@code data}. */
  public static void use(ZoneData data, Instant now) {
    Zones.use(data);
    SystemZone.follow(now);
  }
}
