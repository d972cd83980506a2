package io.actionscheduler.engine.intake;

import io.actionscheduler.action.Action;
import io.actionscheduler.engine.run.ActionProgress;
import io.actionscheduler.fire.CheckedTimes;
import io.actionscheduler.fire.ContradictorySchedule;
import io.actionscheduler.fire.MissedFires;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.schedule.ZoneLaw;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log lines about the actions that a source begins with. */
public final class StartReport {
  private static final Logger LOG = LoggerFactory.getLogger(StartReport.class);
  private static final Duration FAR_AHEAD = Duration.ofDays(1);
  private static final long LONG_BACKLOG = 10_000;
  private static final int TOLD_AT_ONCE = 100;

  private final MissedFires missedFires;
  private final Instant readAt;
  private final Superseded superseded = new Superseded("schedules changed while this was down");
  private long rescheduled;
  private long lawChanged;
  private long takenOver;
  private long otherGrids;
  private long ahead;
  private long longBacklogs;
  private long withoutCallback;

  StartReport(MissedFires missedFires, Instant readAt) {
    this.missedFires = missedFires;
    this.readAt = readAt;
  }

  void withoutCallback(Action action) {
    if (++withoutCallback <= TOLD_AT_ONCE) {
      LOG.atWarn()
          .addKeyValue("action", action.id())
          .log(
              "{}: callback {} is not in the settings any more; it does not fire until its row names"
                  + " another one, or the settings have it again",
              action.label(),
              String.join(", ", action.policy().callbacks()));
    }
  }

  /** The schedule of {@code action} was {@code old} and has changed. */
  void rescheduled(Action action, Timing old, long unstarted) {
    rescheduled++;
    superseded.add(action, old, unstarted);
  }

  /** The law of its zone has changed since {@code old} was read. */
  void lawChanged(Action action, Timing old) {
    if (++lawChanged <= TOLD_AT_ONCE) {
      LOG.warn(
          "{}: the law of {} changed while this was down, time zone data {} to {}: planned anew,"
              + " nothing fires twice or is left out",
          action.label(),
          ZoneLaw.name(old.zone().getId()),
          version(old),
          version(action.timing()));
    }
  }

  private static String version(Timing timing) {
    String version = timing.law().version();
    return version.isEmpty() ? "of no version" : version;
  }

  /** The Python program would have run {@code action} at {@code nextRun}. */
  void takenOver(Action action, Instant nextRun) {
    takenOver++;
    if (!action.timing().isInterval()
        || CheckedTimes.previous(action.timing(), nextRun).equals(Optional.of(nextRun))) {
      return;
    }
    if (++otherGrids <= TOLD_AT_ONCE) {
      LOG.atWarn()
          .addKeyValue("action", action.id())
          .log(
              "{}: interval {} has no fire at {}, when the Python program would have run it: it fires"
                  + " at {}; to keep its times, write {\"format\": \"interval\", \"params\":"
                  + " {\"every\": …, \"start_date\": \"{}\"}}",
              action.label(),
              action.timing().written(),
              nextRun,
              CheckedTimes.next(action.timing(), nextRun).map(Instant::toString).orElse("no time"),
              nextRun);
    }
  }

  /** Notes the progress of {@code progress} before it fires. */
  void look(ActionProgress progress, Instant now) {
    if (!progress.hasBegun()) {
      return;
    }
    if (progress.settledUntil().isAfter(now.plus(FAR_AHEAD))) {
      ahead++;
    }
    if (!progress.isPaused() && !progress.action().policy().missed().merge()) {
      long backlog = backlog(progress, now);
      if (backlog > LONG_BACKLOG && ++longBacklogs <= TOLD_AT_ONCE) {
        LOG.atWarn()
            .addKeyValue("action", progress.action().id())
            .addKeyValue("callback", progress.callback())
            .log(
                "{} has {} missed fires to deliver, one by one; set merge_missed, actuality_time or"
                    + " catch_up_max to deliver fewer",
                progress.action().label(),
                backlog);
      }
    }
  }

  private long backlog(ActionProgress progress, Instant now) {
    try {
      return missedFires.backlog(progress.action(), progress.settledUntil(), now);
    } catch (ContradictorySchedule e) {
      return 0; // it is logged when it is scheduled
    }
  }

  /** Logs the totals. */
  void tell() {
    if (withoutCallback > TOLD_AT_ONCE) {
      LOG.warn(
          "{} more actions name callbacks that are not in the settings; list them with: validate",
          withoutCallback - TOLD_AT_ONCE);
    }
    if (longBacklogs > TOLD_AT_ONCE) {
      LOG.warn(
          "{} more actions have more than {} missed fires to deliver, one by one",
          longBacklogs - TOLD_AT_ONCE,
          LONG_BACKLOG);
    }
    if (rescheduled > 0) {
      LOG.info(
          "schedules changed while this was down: {}; their times before {} are superseded",
          rescheduled,
          readAt);
    }
    superseded.tell();
    if (lawChanged > TOLD_AT_ONCE) {
      LOG.warn(
          "{} more actions were planned anew, as the laws of their zones changed",
          lawChanged - TOLD_AT_ONCE);
    }
    if (otherGrids > TOLD_AT_ONCE) {
      LOG.warn(
          "{} more intervals fire at other times than in the Python program; give them a start_date",
          otherGrids - TOLD_AT_ONCE);
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
