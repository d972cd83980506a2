package io.actionscheduler.app.manual;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.Account;
import io.actionscheduler.fire.ClosedLedger;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.OwnedElsewhere;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.Recording;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.text.CronReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Sets how far actions are settled, by hand, while no scheduler runs. */
public final class ProgressReset {
  private static final int BATCH = 10_000;

  private final Store store;
  private final CronReader crons;

  /**
   * @param store not owned yet; owned afterwards
   * @param crons reads the schedules of stored progress
   */
  public ProgressReset(Store store, CronReader crons) {
    this.store = requireNonNull(store, "store is null");
    this.crons = requireNonNull(crons, "crons is null");
  }

  /**
   * Settles everything up to {@code at}, retries included, for the actions that {@code wanted}
   * accepts. Times after that count as not settled, even if they were delivered.
   *
   * @return the new progress, in the order of the actions
   * @throws OwnedElsewhere while a scheduler runs on this store
   * @throws StoreException when the store cannot be read or written; progress of the first actions
   *     may be set then
   */
  public List<Progress> run(Predicate<ActionId> wanted, Instant at)
      throws OwnedElsewhere, StoreException {
    store.own(() -> {}); // a write after it was lost throws
    List<Progress> kept = new ArrayList<>();
    store.readAll(
        progress -> {
          if (wanted.test(progress.key().action())) {
            kept.add(progress);
          }
        });
    kept.sort(Comparator.comparing(progress -> progress.key().action()));
    List<Progress> reset = new ArrayList<>();
    for (int from = 0; from < kept.size(); from += BATCH) {
      List<Progress> batch = kept.subList(from, Math.min(from + BATCH, kept.size()));
      List<Progress> anew = batch.stream().map(progress -> anew(progress, at)).toList();
      ClosedLedger closed = new ClosedLedger();
      batch.forEach(progress -> closed.addAll(closed(progress, at)));
      store.record(
          new Recording(
              1 + from / BATCH, anew, List.of(), closed.stretches(), closed.versions(), List.of()));
      reset.addAll(anew);
    }
    return reset;
  }

  private static Progress anew(Progress kept, Instant at) {
    return new Progress(
        kept.key(),
        at,
        kept.cron(),
        kept.zone(),
        kept.paused(),
        Account.begun(at),
        Optional.empty());
  }

  /** The ledger of its times so far, and of those up to {@code at}, which never start. */
  private ClosedLedger closed(Progress kept, Instant at) {
    return ClosedLedger.of(
        kept,
        crons.readKept(kept.cron(), kept.zone()).map(Timing::schedule),
        Outcome.SUPERSEDED,
        at);
  }
}
