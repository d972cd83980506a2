package io.actionscheduler.app.check;

import io.actionscheduler.action.SourceException;
import io.actionscheduler.config.Settings;
import io.actionscheduler.source.ActionTable;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs, at the first start after the Python program, which rows that program read differently. */
public final class DialectNotice {
  private static final Logger LOG = LoggerFactory.getLogger(DialectNotice.class);
  private static final int SHOWN = 100;

  private DialectNotice() {}

  public static void tell(Settings settings, ActionTable table, Instant now) {
    DialectDifferences differences = new DialectDifferences(settings.timezone(), now);
    AtomicLong found = new AtomicLong();
    try {
      table.each(
          row ->
              differences
                  .of(row)
                  .filter(difference -> found.incrementAndGet() <= SHOWN)
                  .ifPresent(difference -> LOG.warn("{}: {}", row.label(), difference)));
    } catch (SourceException e) {
      LOG.warn("rows could not be compared with the Python program's reading: {}", e.getMessage());
    }
    if (found.get() > 0) {
      LOG.warn(
          "rows that the Python program read differently: {}; read now as {}; \"validate\" lists"
              + " them again",
          found.get(),
          settings.unixAsApscheduler() ? "apscheduler" : "crontab");
    }
  }
}
