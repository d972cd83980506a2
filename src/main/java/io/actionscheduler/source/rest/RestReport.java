package io.actionscheduler.source.rest;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.RunListener;
import io.actionscheduler.template.JsonText;
import io.actionscheduler.template.RunFacts;
import java.net.URI;
import java.time.Duration;

/** Reports the results of runs to the REST service that lists their actions. */
public final class RestReport implements RunListener, AutoCloseable {
  private final String prefix;
  private final RestSettings.Report report;
  private final Service service;
  private final Postman<Run> postman;

  /**
   * @param settings with a report
   * @param patience how long closing waits for what is not sent yet
   */
  public RestReport(RestSettings settings, Duration patience) {
    this.prefix = settings.name() + ":";
    this.report =
        settings
            .report()
            .orElseThrow(() -> new IllegalArgumentException(settings.prefix() + " has no report"));
    this.service = new Service(settings.access());
    this.postman =
        new Postman<>(
            "source " + settings.name() + ": " + report.method() + " " + report.address(),
            this::send,
            requireNonNull(patience, "patience is null"));
  }

  /** Fires that were never attempted are no runs to a service. */
  @Override
  public void ended(Run run) {
    if (run.attempts() > 0 && run.key().action().text().startsWith(prefix)) {
      postman.post(run);
    }
  }

  private Answer send(Run run) throws ServiceFault, InterruptedException {
    RunFacts facts = new RunFacts(run);
    return service.send(
        report.method(),
        new Address(URI.create(report.address().render(facts))),
        report.body().map(body -> body.render(facts)).orElseGet(() -> JsonText.of(facts.all())));
  }

  @Override
  public void close() throws InterruptedException {
    try {
      postman.close();
    } finally {
      service.close();
    }
  }
}
