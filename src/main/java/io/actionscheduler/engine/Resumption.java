package io.actionscheduler.engine;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.Account;
import io.actionscheduler.fire.LedgerEntry;
import io.actionscheduler.fire.LedgerVersion;
import io.actionscheduler.fire.MissedFires;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.schedule.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Joins what is kept of earlier runs to the actions of this one. */
final class Resumption {
  private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);
  private static final Duration FAR_AHEAD = Duration.ofDays(1);
  private static final long LONG_BACKLOG = 10_000;

  private final Opening opening;
  private final Lanes lanes;
  private final Recorder recorder;
  private final Map<ActionId, List<Progress>> unmatched = new HashMap<>();
  private long superseded;
  private long takenOver;
  private long ahead;

  Resumption(Opening opening, Lanes lanes, Recorder recorder) {
    this.opening = opening;
    this.lanes = lanes;
    this.recorder = recorder;
  }

  /**
   * Fills the progress of every lane of these actions; those to be written are marked, nothing is
   * scheduled yet. What other sources have begun is left alone.
   *
   * @return the lanes
   */
  List<Lane> run(Store store, MissedFires missedFires, Instant now) throws StoreException {
    List<Lane> all = new ArrayList<>(opening.actions().size());
    for (Action action : opening.actions()) {
      for (Lane lane = lanes.put(action); lane != null; lane = lane.sibling) {
        all.add(lane);
      }
    }
    store.readAll(this::match);
    for (Lane lane : all) {
      if (lane.settledUntil == null) {
        inheritOrSeeFirst(lane);
      }
      takeOver(lane);
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

  private void resume(Lane lane, Progress kept) {
    lane.resume(kept);
    boolean rescheduled = isRescheduled(lane, kept);
    boolean resumed = kept.paused() && !lane.isPaused();
    if (rescheduled || resumed) {
      Optional<Timing> old = opening.timings().read(kept.cron(), kept.zone());
      if (resumed) {
        lane.open = null;
        old.ifPresent(timing -> lanes.resume(lane, timing, opening.readAt()));
      }
      if (rescheduled) {
        superseded++;
        old.ifPresentOrElse(
            timing -> lanes.supersede(lane, timing, opening.readAt()),
            () -> lane.end(kept.cron(), kept.zone(), opening.readAt()));
        lane.begin(opening.readAt());
      }
    }
    if (rescheduled || kept.paused() != lane.isPaused()) {
      recorder.mark(lane);
    } else {
      lane.state = Lane.State.IDLE;
    }
  }

  private static boolean isRescheduled(Lane lane, Progress kept) {
    return !kept.cron().equals(lane.action.timing().text())
        || !kept.zone().equals(lane.action.timing().zone().getId());
  }

  /** A callback that was named instead of another takes over where that one was. */
  private void inheritOrSeeFirst(Lane lane) {
    List<Progress> left = unmatched.get(lane.action.id());
    if (left == null || left.isEmpty()) {
      lanes.seenFirst(lane, opening.readAt(), opening.previousReadAt());
      return;
    }
    Progress from = left.remove(0);
    recorder.forget(from.key(), closed(from, from.settledUntil()));
    boolean afresh = isRescheduled(lane, from) || (from.paused() && !lane.isPaused());
    lane.begin(afresh ? opening.readAt() : from.settledUntil());
    lane.open = afresh ? null : from.open().orElse(null);
    recorder.mark(lane);
  }

  private void forgetIfGone(ActionId id, List<Progress> left) {
    if (opening.gone().test(id)) {
      left.forEach(kept -> recorder.forget(kept.key(), closed(kept, opening.readAt())));
    }
  }

  /** The ledger of progress that ends at {@code at}: what was unsettled then never starts. */
  private Lane.Closed closed(Progress kept, Instant at) {
    Lane.Closed closed = new Lane.Closed(new ArrayList<>(), new ArrayList<>());
    Account account = kept.account();
    account
        .outcome()
        .ifPresent(
            outcome ->
                closed
                    .stretches()
                    .add(
                        new LedgerEntry(
                            kept.key(),
                            account.begunAt(),
                            outcome,
                            new Stretch(account.first(), kept.settledUntil(), account.count()))));
    opening
        .timings()
        .read(kept.cron(), kept.zone())
        .flatMap(timing -> Stretch.of(timing.schedule(), kept.settledUntil(), at))
        .ifPresent(
            rest ->
                closed
                    .stretches()
                    .add(new LedgerEntry(kept.key(), account.begunAt(), Outcome.SUPERSEDED, rest)));
    closed
        .versions()
        .add(new LedgerVersion(kept.key(), kept.cron(), kept.zone(), account.begunAt(), at));
    return closed;
  }

  /** The fire that the Python program would have made next is the first that counts here. */
  private void takeOver(Lane lane) {
    Instant nextRun = opening.nextRuns().get(lane.action.id());
    if (nextRun == null) {
      return;
    }
    Timing timing = lane.action.timing();
    Instant scheduledAt = // its next run time has the jitter added
        timing.jitter().isZero() ? nextRun : timing.schedule().previous(nextRun).orElse(nextRun);
    Instant before = scheduledAt.minusNanos(1_000);
    boolean seenFirst = lane.state == Lane.State.NEW && lane.settledUntil.equals(opening.readAt());
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
      if (backlog > LONG_BACKLOG) {
        LOG.warn(
            "{} has {} missed fires to deliver, one by one; set merge_missed, actuality_time or"
                + " catch_up_max to deliver fewer",
            lane.action.label(),
            backlog);
      }
    }
  }

  private void tell() {
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
