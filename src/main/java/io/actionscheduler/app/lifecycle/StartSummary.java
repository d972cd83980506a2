package io.actionscheduler.app.lifecycle;

import io.actionscheduler.config.Settings;
import io.actionscheduler.engine.Status;
import io.actionscheduler.text.IsoTime;
import java.time.ZoneId;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the log says at a start. */
final class StartSummary {
  private static final Logger LOG = LoggerFactory.getLogger(StartSummary.class);

  private StartSummary() {}

  static void settings(Settings settings, String version) {
    LOG.info(
        "action-scheduler {} starts with {}",
        version,
        settings.origins().stream()
            .filter(origin -> !origin.source().equals("default"))
            .map(origin -> origin.key() + "=" + origin.value() + " (" + origin.source() + ")")
            .collect(Collectors.joining(", ")));
    LOG.info(
        "by default: {}",
        settings.origins().stream()
            .filter(origin -> origin.source().equals("default"))
            .map(origin -> origin.key() + "=" + origin.value())
            .collect(Collectors.joining(", ")));
    if (settings.internalDb().isEmpty()) {
      LOG.warn(
          "no internal_db: progress is kept in memory only, missed fires are not caught up after a"
              + " restart; set internal_db to keep it");
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
