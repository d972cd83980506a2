package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.fire.ReloadRequest;
import io.actionscheduler.fire.ReloadRequest.Answer;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks in the store for commands that ask for a reload, and answers them. For one thread. */
final class ReloadWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ReloadWatch.class);

  /** Whoever asked has gone by then. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Store store;
  private final Reloads reloads;
  private final InstantSource clock;

  ReloadWatch(Store store, Reloads reloads, InstantSource clock) {
    this.store = requireNonNull(store, "store is null");
    this.reloads = requireNonNull(reloads, "reloads is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  void look() {
    try {
      Optional<ReloadRequest> asked =
          store
              .reload()
              .filter(request -> request.answer().isEmpty())
              .filter(
                  request ->
                      Duration.between(request.askedAt(), clock.instant()).abs().compareTo(PATIENCE)
                          < 0);
      if (asked.isPresent()) {
        Reloads.Outcome outcome = reloads.reload("a command");
        Answer answer = new Answer(outcome.done(), String.join("\n", outcome.lines()));
        store.keepReload(new ReloadRequest(asked.get().askedAt(), Optional.of(answer)));
      }
    } catch (StoreException e) {
      LOG.debug("requests for a reload are looked for again: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // stopped meanwhile
    }
  }
}
