package io.actionscheduler.app.view;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.DeadLetter;
import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.fire.HistoryStore.Filter;
import io.actionscheduler.fire.IdScope;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Run.Status;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;

/** The actions whose latest fire failed permanently, as the store has them. For one thread. */
public final class StoredFailures {
  private final int most;
  private final Predicate<ActionId> counts;
  private final PriorityQueue<Progress> failed =
      new PriorityQueue<>(Comparator.comparing(Progress::settledUntil));

  /**
   * @param most as many are found; the latest, where there are more
   * @param counts which actions are looked at
   */
  public StoredFailures(int most, Predicate<ActionId> counts) {
    this.most = most;
    this.counts = requireNonNull(counts, "counts is null");
  }

  /**
   * Those of all actions.
   *
   * @throws StoreException when the store cannot be read
   */
  public static List<Run> of(Store store, int most) throws StoreException {
    StoredFailures failures = new StoredFailures(most, action -> true);
    store.readFailed(failures::see);
    return failures.runs(store);
  }

  /** Takes {@code progress} into account. */
  void see(Progress progress) {
    if (progress.account().outcome().filter(Outcome.FAILED::equals).isPresent()
        && counts.test(progress.key().action())) {
      failed.add(progress);
      if (failed.size() > most) {
        failed.poll();
      }
    }
  }

  /**
   * The failed runs of what was seen, the latest last.
   *
   * @throws StoreException when the store cannot be read
   */
  List<Run> runs(Store store) throws StoreException {
    Map<ProgressKey, DeadLetter> letters = new HashMap<>(); // the latest of each
    if (!failed.isEmpty()) {
      store.readDeadLetters(
          IdScope.ALL,
          letter ->
              letters.merge(
                  letter.key(),
                  letter,
                  (one, other) ->
                      one.fire().scheduledAt().isAfter(other.fire().scheduledAt()) ? one : other));
    }
    List<Run> runs = new ArrayList<>();
    while (!failed.isEmpty()) {
      ProgressKey key = failed.poll().key();
      run(store, key, Optional.ofNullable(letters.get(key))).ifPresent(runs::add);
    }
    return runs;
  }

  /** The failed run of {@code key}; empty where its action was delivered since, as by hand. */
  private static Optional<Run> run(Store store, ProgressKey key, Optional<DeadLetter> letter)
      throws StoreException {
    Optional<Run> ended = last(store, key.action(), Set.of(Status.FAILED, Status.SUCCESS));
    if (letter.isPresent()
        && ended
            .filter(run -> !run.fires().first().isBefore(letter.get().fire().scheduledAt()))
            .isEmpty()) { // the history has its fire only when it has been handed over
      Run waiting = RetryingRuns.run(key, letter.get().fire());
      return Optional.of(waiting.failedAs(name(store, key.action())));
    }
    return ended.filter(run -> run.status() == Status.FAILED);
  }

  private static String name(Store store, ActionId action) throws StoreException {
    return last(store, action, Set.of()).map(Run::actionName).orElse("action " + action);
  }

  private static Optional<Run> last(Store store, ActionId action, Set<Status> statuses)
      throws StoreException {
    Filter filter =
        new Filter(Optional.of(action), statuses, Set.of(), Optional.empty(), Optional.empty());
    return store.history(filter, Long.MAX_VALUE, 1).stream().map(Entry::run).findFirst();
  }
}
