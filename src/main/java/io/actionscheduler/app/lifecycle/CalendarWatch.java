package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.app.parts.CalendarFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for changed files of calendars while the program runs. Used by one thread. */
final class CalendarWatch {
  private static final Logger LOG = LoggerFactory.getLogger(CalendarWatch.class);

  private final CalendarFiles files;

  CalendarWatch(CalendarFiles files) {
    this.files = requireNonNull(files, "files is null");
  }

  /** Looks once. */
  void look() {
    files.look(
        new CalendarFiles.Told() {
          @Override
          public void changed(String message) {
            LOG.info("{}", message);
          }

          @Override
          public void failed(String message) {
            LOG.warn("{}", message);
          }
        });
  }
}
