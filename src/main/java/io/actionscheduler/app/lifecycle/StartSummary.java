package io.actionscheduler.app.lifecycle;

import io.actionscheduler.config.Settings;
import io.actionscheduler.engine.Status;
import io.actionscheduler.text.IsoTime;
import java.time.ZoneId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log lines of a start. */
final class StartSummary {
  private static final Logger LOG = LoggerFactory.getLogger(StartSummary.class);

  private static final String DEFAULT = "default";

  private StartSummary() {}

  /** Logs each setting that is not its default; the defaults are logged at level DEBUG. */
  static void settings(Settings settings, String version) {
    LOG.info(
        "action-scheduler {} starts with these settings; log.level DEBUG shows defaults, too",
        version);
    for (Settings.Origin origin : settings.origins()) {
      String line = "  " + origin.key() + "=" + origin.value();
      if (origin.source().equals(DEFAULT)) {
        LOG.debug("{} (default)", line);
      } else {
        LOG.info("{} ({})", line, origin.source());
      }
    }
    settings.warnings().forEach(warning -> LOG.warn("{}", warning));
    if (settings.internalDb().isEmpty()) {
      LOG.warn(
          "no internal_db: progress is held in memory only, missed fires are not caught up after a"
              + " restart; set internal_db to store it");
    }
  }

  static void ready(Status status, ZoneId zone) {
    LOG.info(
        "ready: {} actions on {} schedules, next fire {}",
        status.actions(),
        status.schedules(),
        status.nextFireAt().map(at -> IsoTime.text(at, zone)).orElse("none"));
  }
}
