package io.actionscheduler.cli;

import io.actionscheduler.app.ask.OwnApi;
import io.actionscheduler.app.ask.Unanswered;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.view.StoredStatus;
import io.actionscheduler.fire.ReloadRequest;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.http.HttpSettings.Right;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Has the running scheduler read its settings again. */
@Command(
    name = "reload",
    header = "Have the running scheduler read its settings again, without a restart.",
    description = {
      "Callbacks, retries, calendars, blackouts, alerts and log.level change at once; calls that are",
      "under way end as they began. If anything else has changed, nothing is done, and what needs a",
      "restart is named. Asks the HTTP API if the settings have one, otherwise through the internal",
      "store."
    },
    footer = {
      "  action-scheduler reload",
      "",
      "Exit codes: 0 the settings are in force, 1 they are not, or no scheduler runs, 2 they are wrong."
    })
final class ReloadCommand implements Callable<Integer> {
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Shell shell;
  private final Globals globals;

  ReloadCommand(Shell shell, Globals globals) {
    this.shell = shell;
    this.globals = globals;
  }

  @Override
  public Integer call() throws Exception {
    try (Parts parts = globals.parts()) {
      if (parts.settings().cluster().isPresent()) {
        tell(
            "the processes of a cluster cannot read their settings again yet; restart them one after"
                + " the other");
        return Cli.FAILED;
      }
      Optional<OwnApi> api = OwnApi.of(parts.settings(), Right.WRITE, shell.environment());
      if (api.isPresent()) {
        try {
          if (api.get().post("/api/v1/reload").get("messages") instanceof List<?> messages) {
            messages.forEach(message -> tell(message.toString()));
          }
          return Cli.FINE;
        } catch (Unanswered e) {
          if (!e.isUnasked() || parts.settings().internalDb().isEmpty()) {
            tell(e.getMessage());
            return Cli.FAILED;
          }
          tell("asking through the store instead of the API: " + e.getMessage());
        }
      }
      return through(DurableStore.of(parts), parts.clock().instant());
    }
  }

  private int through(Store store, Instant now) throws StoreException, InterruptedException {
    if (!StoredStatus.runs(store, now)) {
      tell("no scheduler runs; the next start reads the settings");
      return Cli.FAILED;
    }
    Instant askedAt = now.truncatedTo(ChronoUnit.MICROS);
    store.keepReload(new ReloadRequest(askedAt, Optional.empty()));
    for (long waited = 0; waited < PATIENCE.toMillis(); waited += LOOK.toMillis()) {
      Thread.sleep(LOOK.toMillis());
      Optional<ReloadRequest.Answer> answer =
          store
              .reload()
              .filter(request -> request.askedAt().equals(askedAt))
              .flatMap(ReloadRequest::answer);
      if (answer.isPresent()) {
        answer.get().text().lines().forEach(this::tell);
        return answer.get().done() ? Cli.FINE : Cli.FAILED;
      }
    }
    tell("the scheduler did not answer within " + PATIENCE.toSeconds() + " s; its log says why");
    return Cli.FAILED;
  }

  private void tell(String text) {
    shell.err().line(DisplayText.safe(text));
  }
}
