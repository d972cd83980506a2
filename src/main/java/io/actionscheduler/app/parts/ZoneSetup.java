package io.actionscheduler.app.parts;

import io.actionscheduler.config.Settings;
import io.actionscheduler.zone.SystemZone;
import io.actionscheduler.zone.ZoneChoice;
import io.actionscheduler.zone.ZoneData;
import io.actionscheduler.zone.Zones;
import java.time.Instant;

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

  /** Puts {@code data} into force. */
  public static void use(ZoneData data, Instant now) {
    Zones.use(data);
    SystemZone.follow(now);
  }
}
