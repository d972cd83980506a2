package io.actionscheduler.app.view;

import io.actionscheduler.fire.DeadLetterStore;
import io.actionscheduler.fire.HistoryStore.Filter;
import io.actionscheduler.fire.IdScope;
import io.actionscheduler.fire.OpenFire;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.ProgressStore;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Run.Status;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.fire.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Fires that were attempted and wait for their next attempt, including dead letters. The history
 * has them only when they have ended.
 */
public final class RetryingRuns {
  private RetryingRuns() {}

  /**
   * Those that match, in no particular order; {@code most} at most.
   *
   * @throws StoreException when the store cannot be read
   */
  public static <S extends ProgressStore & DeadLetterStore> List<Run> of(
      S store, Filter filter, int most) throws StoreException {
    List<Run> retrying = new ArrayList<>();
    if (!filter.statuses().isEmpty() && !filter.statuses().contains(Status.RETRYING)) {
      return retrying;
    }
    Consumer<Run> wanted =
        run -> {
          if (filter.matches(run) && retrying.size() < most) {
            retrying.add(run);
          }
        };
    Consumer<Progress> each =
        progress -> progress.open().ifPresent(open -> wanted.accept(run(progress.key(), open)));
    if (filter.action().isPresent()) {
      store.progressOf(filter.action().get()).forEach(each);
    } else {
      store.readAll(each);
    }
    store.readDeadLetters(IdScope.ALL, letter -> wanted.accept(run(letter.key(), letter.fire())));
    return retrying;
  }

  /** Such a fire as a record; {@code finishedAt} is the time of its next attempt. */
  static Run run(ProgressKey key, OpenFire open) {
    return new Run(
        key,
        "",
        Stretch.of(open.scheduledAt()),
        "",
        open.cause(),
        Status.RETRYING,
        Optional.empty(),
        open.retryAt(),
        open.attempts(),
        open.merged().map(Stretch::count).orElse(0L),
        open.error(),
        "");
  }
}
