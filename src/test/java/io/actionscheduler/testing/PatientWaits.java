package io.actionscheduler.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.Extension;

/**
 * A wait that names no limit lasts up to a minute: the ten seconds that Awaitility allows by itself
 * are too few on a busy machine. Found as a service.
 */
public final class PatientWaits implements Extension {
  static {
    Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
  }
}
