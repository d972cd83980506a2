package io.actionscheduler.testing;

import io.actionscheduler.zone.Zones;
import org.junit.jupiter.api.extension.Extension;

/** Every test runs with the time zone data that the program runs with. Found as a service. */
public final class NewestZones implements Extension {
  static {
    Zones.install();
  }
}
