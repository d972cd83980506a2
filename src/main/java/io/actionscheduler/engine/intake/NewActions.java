package io.actionscheduler.engine.intake;

import io.actionscheduler.action.Action;
import io.actionscheduler.engine.record.Recorder;
import io.actionscheduler.engine.run.ActionProgress;
import io.actionscheduler.engine.run.PendingEdit.Notice;
import io.actionscheduler.fire.CheckedTimes;
import io.actionscheduler.fire.ContradictorySchedule;
import io.actionscheduler.schedule.Timing;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins with actions that have no progress yet. Confined to the engine's thread. */
final class NewActions {
  private static final Logger LOG = LoggerFactory.getLogger(NewActions.class);
  private static final int TOLD_AT_ONCE = 100;

  private final Recorder<ActionProgress> recorder;
  private int neverFiring; // in the present reading

  NewActions(Recorder<ActionProgress> recorder) {
    this.recorder = recorder;
  }

  /** A new reading begins: its first actions that never fire are logged by name again. */
  void beginReading() {
    neverFiring = 0;
  }

  /** Begins {@code progress} at the moment when it was noticed: no later fire is lost. */
  void begin(ActionProgress progress, SourceStart.Readings readings) {
    progress.begin(readings.at());
    Timing timing = progress.action().timing();
    try {
      if (CheckedTimes.next(timing, readings.at()).isEmpty()) { // rare: asked first, and once
        pastDate(timing, readings)
            .ifPresent(date -> progress.begin(readings.before().orElseThrow()));
        if (CheckedTimes.next(timing, progress.settledUntil()).isEmpty()) {
          tellNeverFires(progress.action(), readings.at());
        }
      }
    } catch (ContradictorySchedule e) {
      // It is logged when it is scheduled.
    }
    recorder.mark(progress);
  }

  /** The schedule of {@code action} was edited: logs a warning if it will never fire again. */
  void edited(Action action, SourceStart.Readings readings) {
    try {
      if (CheckedTimes.next(action.timing(), readings.at()).isEmpty()
          && pastDate(action.timing(), readings).isEmpty()) {
        tellNeverFires(action, readings.at());
      }
    } catch (ContradictorySchedule e) {
      // It is logged when it is scheduled.
    }
  }

  /** From when an edit to {@code action} counts that {@code readings} noticed. */
  static Notice notice(Action action, SourceStart.Readings readings) {
    try {
      return new Notice(readings.at(), pastDate(action.timing(), readings));
    } catch (ContradictorySchedule e) {
      return Notice.at(readings.at()); // it is logged when it is scheduled
    }
  }

  /**
   * The date that {@code timing} stands for, if it lies between this reading and the previous one:
   * such a date still fires. Empty for any other schedule.
   */
  private static Optional<Instant> pastDate(Timing timing, SourceStart.Readings readings) {
    if (CheckedTimes.next(timing, readings.at()).isPresent()) {
      return Optional.empty();
    }
    Optional<Instant> only =
        CheckedTimes.previous(timing, readings.at())
            .filter(at -> CheckedTimes.previous(timing, at.minusNanos(1)).isEmpty());
    return only.filter(
        date -> readings.before().filter(before -> before.isBefore(date)).isPresent());
  }

  private void tellNeverFires(Action action, Instant noticedAt) {
    neverFiring++;
    if (neverFiring <= TOLD_AT_ONCE) {
      LOG.atWarn()
          .addKeyValue("action", action.id())
          .log(
              "{}: cron {} never fires after {}, when it was first read; correct it or remove it",
              action.label(),
              action.timing().written(),
              noticedAt);
    } else if (neverFiring == TOLD_AT_ONCE + 1) {
      LOG.warn("more actions never fire; list them with: validate");
    }
  }
}
