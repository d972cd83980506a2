package io.actionscheduler.app.lifecycle;

import io.actionscheduler.fire.RunListener;
import io.actionscheduler.source.rest.RestReport;
import io.actionscheduler.source.rest.RestSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All receivers of reports about runs that ended. */
final class Reports implements AutoCloseable {
  private final List<RestReport> reports = new ArrayList<>();

  private Reports() {}

  /**
   * @param patience how long closing waits for each receiver to get the reports that are not sent
   *     yet
   */
  static Reports of(List<RestSettings> sources, Duration patience) {
    Reports reports = new Reports();
    sources.stream()
        .filter(source -> source.report().isPresent())
        .forEach(source -> reports.reports.add(new RestReport(source, patience)));
    return reports;
  }

  List<? extends RunListener> all() {
    return reports;
  }

  @Override
  public void close() throws InterruptedException {
    for (RestReport report : reports) {
      report.close();
    }
  }
}
