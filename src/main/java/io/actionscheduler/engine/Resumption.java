package io.actionscheduler.engine;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.ClosedLedger;
import io.actionscheduler.fire.MissedFires;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.schedule.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Joins what is kept of earlier runs to the actions of this one. */
final class Resumption {
  private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);
  private static final Duration FAR_AHEAD = Duration.ofDays(1);
  private static final long LONG_BACKLOG = 10_000;
  private static final int TOLD_AT_ONCE = 100;

  private final Opening opening;
  private final Lanes lanes;
  private final Edits edits;
  private final Recorder recorder;
  private final Homeless homeless;
  private final Map<ActionId, List<Progress>> unmatched = new HashMap<>();
  private final Set<ActionId> withoutCallback = new HashSet<>();
  private long superseded;
  private long takenOver;
  private long ahead;
  private long longBacklogs;

  /** Where progress of earlier runs is read. */
  interface KeptProgress {
    void readAll(Consumer<Progress> each) throws StoreException;
  }

  Resumption(Opening opening, Lanes lanes, Edits edits, Recorder recorder, Homeless homeless) {
    this.opening = opening;
    this.lanes = lanes;
    this.edits = edits;
    this.recorder = recorder;
    this.homeless = homeless;
  }

  /**
   * Fills the progress of every lane of these actions; those to be written are marked, nothing is
   * scheduled yet. What other sources have begun is left alone.
   *
   * @return the lanes
   */
  List<Lane> run(KeptProgress kept, MissedFires missedFires, Instant now) throws StoreException {
    lanes.beginReading();
    List<Lane> all = new ArrayList<>(opening.actions().size());
    for (Action action : opening.actions()) {
      if (!lanes.canFire(action)) {
        tellWithoutCallback(action);
        continue;
      }
      for (Lane lane = lanes.put(action); lane != null; lane = lane.sibling) {
        all.add(lane);
      }
    }
    kept.readAll(this::match);
    for (Lane lane : all) {
      boolean seenFirst = lane.settledUntil == null && !inherits(lane);
      if (seenFirst) {
        lanes.seenFirst(lane, opening.readAt(), opening.previousReadAt());
      }
      takeOver(lane, seenFirst);
      look(lane, missedFires, now);
    }
    unmatched.forEach(this::forgetIfGone);
    tell();
    return all;
  }

  private void match(Progress kept) {
    ProgressKey key = kept.key();
    lanes
        .of(key.action(), key.callback())
        .ifPresentOrElse(
            lane -> {
              if (lane.settledUntil == null) { // else of a source that has begun already
                resume(lane, kept);
              }
            },
            () -> unmatched.computeIfAbsent(key.action(), id -> new ArrayList<>(1)).add(kept));
  }

  private void tellWithoutCallback(Action action) {
    if (withoutCallback.add(action.id()) && withoutCallback.size() <= TOLD_AT_ONCE) {
      LOG.warn(
          "{}: callback {} is not in the settings any more; it does not fire until its row names"
              + " another one, or the settings have it again",
          action.label(),
          String.join(", ", action.policy().callbacks()));
    }
  }

  private void resume(Lane lane, Progress kept) {
    lane.resume(kept);
    Action action = lane.action;
    boolean rescheduled = isRescheduled(lane, kept);
    Optional<Timing> old =
        rescheduled
            ? opening.timings().read(kept.cron(), kept.zone())
            : Optional.of(action.timing());
    // What is kept belongs to the schedule that was in force.
    old.ifPresentOrElse(timing -> lane.action = action.with(timing), () -> lane.open = null);
    if (kept.paused() && !lane.isPaused()) {
      old.ifPresent(timing -> edits.resume(lane, timing, opening.readAt()));
    } else if (lane.isPaused()) {
      edits.pause(lane, opening.readAt());
    }
    if (rescheduled) {
      superseded++;
      if (lane.open == null) {
        reschedule(lane, action, old, kept);
      } else { // it has started, and is tried to its end first
        lane.edit = new Lane.Edit(action, opening.readAt());
      }
    }
    if (rescheduled && lane.edit == null || kept.paused() != lane.isPaused()) {
      recorder.mark(lane);
    } else {
      lane.state = Lane.State.IDLE;
    }
  }

  private void reschedule(Lane lane, Action action, Optional<Timing> old, Progress kept) {
    Instant at = Edits.later(lane.settledUntil, opening.readAt());
    old.ifPresentOrElse(
        timing -> edits.supersede(lane, timing, at), () -> lane.end(kept.cron(), kept.zone(), at));
    lane.action = action;
    lane.begin(at);
  }

  private static boolean isRescheduled(Lane lane, Progress kept) {
    return !kept.cron().equals(lane.action.timing().text())
        || !kept.zone().equals(lane.action.timing().zone().getId());
  }

  /** Whether its callback was named instead of another: then it takes over where that one was. */
  private boolean inherits(Lane lane) {
    List<Progress> left = unmatched.get(lane.action.id());
    if (left == null || left.isEmpty()) {
      return false;
    }
    Progress from = left.remove(0);
    boolean afresh = isRescheduled(lane, from) || (from.paused() && !lane.isPaused());
    Instant at = afresh ? Edits.later(from.settledUntil(), opening.readAt()) : from.settledUntil();
    recorder.forget(from.key(), closed(from, at));
    lane.begin(at);
    lane.open = afresh || lane.isPaused() ? null : from.open().orElse(null);
    recorder.mark(lane);
    return true;
  }

  private void forgetIfGone(ActionId id, List<Progress> left) {
    if (withoutCallback.contains(id)) {
      homeless.put(id, new Homeless.Kept(left, opening.timings()));
    } else if (opening.gone().test(id)) {
      left.forEach(kept -> recorder.forget(kept.key(), closed(kept, opening.readAt())));
    }
  }

  /** The ledger of progress that ends at {@code at}: what was unsettled then never starts. */
  private ClosedLedger closed(Progress kept, Instant at) {
    return ClosedLedger.of(
        kept,
        opening.timings().read(kept.cron(), kept.zone()).map(Timing::schedule),
        kept.paused() ? Outcome.PAUSED : Outcome.SUPERSEDED,
        at);
  }

  /** The fire that the Python program would have made next is the first that counts here. */
  private void takeOver(Lane lane, boolean seenFirst) {
    Instant nextRun = opening.nextRuns().get(lane.action.id());
    if (nextRun == null) {
      return;
    }
    Timing timing = lane.action.timing();
    Instant scheduledAt = // its next run time has the jitter added
        timing.jitter().isZero() ? nextRun : timing.schedule().previous(nextRun).orElse(nextRun);
    Instant before = scheduledAt.minusNanos(1_000);
    if (seenFirst || lane.settledUntil.isBefore(before)) {
      takenOver++;
      if (!seenFirst) {
        lane.end(timing.text(), timing.zone().getId(), lane.settledUntil);
      }
      lane.begin(before);
      recorder.mark(lane);
    }
  }

  private void look(Lane lane, MissedFires missedFires, Instant now) {
    if (lane.settledUntil.isAfter(now.plus(FAR_AHEAD))) {
      ahead++;
    }
    if (!lane.isPaused() && !lane.action.policy().missed().merge()) {
      long backlog = missedFires.backlog(lane.action, lane.settledUntil, now);
      if (backlog > LONG_BACKLOG && ++longBacklogs <= TOLD_AT_ONCE) {
        LOG.warn(
            "{} has {} missed fires to deliver, one by one; set merge_missed, actuality_time or"
                + " catch_up_max to deliver fewer",
            lane.action.label(),
            backlog);
      }
    }
  }

  private void tell() {
    if (withoutCallback.size() > TOLD_AT_ONCE) {
      LOG.warn(
          "{} more actions name callbacks that are not in the settings; list them with: validate",
          withoutCallback.size() - TOLD_AT_ONCE);
    }
    if (longBacklogs > TOLD_AT_ONCE) {
      LOG.warn(
          "{} more actions have more than {} missed fires to deliver, one by one",
          longBacklogs - TOLD_AT_ONCE,
          LONG_BACKLOG);
    }
    if (superseded > 0) {
      LOG.info(
          "schedules changed while this was down: {}; their times before {} are superseded",
          superseded,
          opening.readAt());
    }
    if (takenOver > 0) {
      LOG.info("progress taken over from apscheduler_jobs: {} actions", takenOver);
    }
    if (ahead > 0) {
      LOG.warn(
          "progress of {} actions is more than a day ahead of the clock: they are silent until it"
              + " is passed; set the clock right, or use: progress reset",
          ahead);
    }
  }
}
