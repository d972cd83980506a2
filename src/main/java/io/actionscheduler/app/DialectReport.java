package io.actionscheduler.app;

import io.actionscheduler.action.SourceException;
import io.actionscheduler.source.ActionTable;
import java.time.Instant;
import java.time.ZoneId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells, at the first start after the Python program, which rows mean something else here. */
final class DialectReport {
  private static final Logger LOG = LoggerFactory.getLogger(DialectReport.class);
  private static final int MOST = 1_000;

  private final DialectDifferences differences;
  private int different;

  DialectReport(ZoneId zone, Instant now) {
    this.differences = new DialectDifferences(zone, now);
  }

  void tell(ActionTable table) throws SourceException {
    table.each(
        row ->
            differences
                .of(row)
                .ifPresent(
                    difference -> {
                      if (different++ < MOST) {
                        LOG.warn("{}: {}", row.label(), difference);
                      }
                    }));
    if (different > MOST) {
      LOG.warn("{} more rows differ; list them with: validate", different - MOST);
    }
    LOG.info(
        "apscheduler_jobs found at this first start: {} rows mean something else in crontab(5) than"
            + " in the Python program",
        different);
  }
}
