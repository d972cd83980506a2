package io.actionscheduler.engine.intake;

import io.actionscheduler.engine.clock.EngineLoop;
import io.actionscheduler.engine.record.Recorder;
import io.actionscheduler.engine.run.ActionProgress;
import io.actionscheduler.engine.run.DeadLetters;
import io.actionscheduler.engine.run.LongRuns;
import io.actionscheduler.fire.DeadLetter;
import io.actionscheduler.fire.IdScope;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a store that was replaced while the engine runs, as by a backup that was moved in its
 * place, up to what the engine knows: progress never goes back, so that nothing is delivered again.
 */
public final class ReplacedStore {
  private static final Logger LOG = LoggerFactory.getLogger(ReplacedStore.class);

  private final Actions actions;
  private final DeadLetters deadLetters;
  private final LongRuns longRuns;
  private final Recorder<ActionProgress> recorder;

  /** What the store that is there now has. */
  private record Found(Map<ProgressKey, Progress> progress, List<DeadLetter> deadLetters) {}

  public ReplacedStore(
      Actions actions,
      DeadLetters deadLetters,
      LongRuns longRuns,
      Recorder<ActionProgress> recorder) {
    this.actions = actions;
    this.deadLetters = deadLetters;
    this.longRuns = longRuns;
    this.recorder = recorder;
  }

  /** Does so whenever {@code store} is replaced, as a step of {@code loop}. */
  public void watch(Store store, EngineLoop loop) {
    store.whenReplaced(
        what -> {
          Found found = read(store, what);
          loop.post(now -> bringUp(found, what));
        });
  }

  // On the thread that found it, before anything else is written there.
  private static Found read(Store store, String what) {
    Found found = new Found(new HashMap<>(), new ArrayList<>());
    try {
      store.readProgress(IdScope.ALL, kept -> found.progress.put(kept.key(), kept));
      store.readDeadLetters(IdScope.ALL, found.deadLetters::add);
    } catch (StoreException e) {
      LOG.warn(
          "{}; the new file cannot be read, and its progress is overwritten: {}",
          what,
          e.getMessage());
    }
    return found;
  }

  private void bringUp(Found found, String what) {
    int all = 0;
    int ahead = 0;
    for (ActionProgress chain : actions.all()) {
      for (ActionProgress one = chain; one != null; one = one.sibling()) {
        if (one.hasBegun()) {
          all++;
          ahead += reconcile(one, Optional.ofNullable(found.progress.get(one.key()))) ? 1 : 0;
          recorder.mark(one);
        }
      }
    }
    found.deadLetters.stream()
        .filter(letter -> actions.has(letter.key().action()))
        .forEach(letter -> recorder.unfinished().forget(letter.id()));
    deadLetters.all().forEach(recorder.unfinished()::keep);
    longRuns.storeAgain();
    LOG.warn(
        "{}; the scheduler continues with the present file: {} of {} actions have fired since it"
            + " was written, and their progress is now stored in it; nothing is delivered again",
        what,
        ahead,
        all);
  }

  /**
   * Makes {@code progress} continue from whichever is further, itself or what the store has of it
   * now: the store is where another process fired meanwhile, which counts if nothing is under way.
   *
   * @return whether it was ahead of the store
   */
  private static boolean reconcile(ActionProgress progress, Optional<Progress> kept) {
    if (kept.isEmpty() || kept.get().settledUntil().isBefore(progress.settledUntil())) {
      kept.ifPresent(progress::continueAfter);
      return true;
    }
    boolean same = progress.action().timing().isStoredAs(kept.get().cron(), kept.get().zone());
    if (same && progress.isAlone() && kept.get().settledUntil().isAfter(progress.settledUntil())) {
      progress.resume(kept.get());
    }
    return false;
  }
}
