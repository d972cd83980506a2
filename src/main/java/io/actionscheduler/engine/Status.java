package io.actionscheduler.engine;

import io.actionscheduler.engine.clock.Timetable;
import io.actionscheduler.engine.intake.Actions;
import io.actionscheduler.engine.record.Recorder;
import io.actionscheduler.engine.run.ActionProgress;
import io.actionscheduler.engine.run.Backlog;
import io.actionscheduler.engine.run.Callbacks;
import io.actionscheduler.fire.BacklogHold;
import io.actionscheduler.fire.Outage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The state of the engine.
 *
 * @param waiting actions with a due fire that its callback has not taken yet
 * @param retrying fires that were attempted and wait for their next attempt
 * @param running batches that callbacks are working on
 * @param unrecorded actions whose progress is not on disk yet
 * @param writing whether something is being written to the store; false when all is on disk, the
 *     history included, and while a store that fails is waited for
 * @param outages the callbacks whose targets cannot be reached, since when and why
 * @param storeFailing whether progress is held in memory because the store takes none
 * @param hold that missed fires of the start wait for an operator, and until when; empty: none do
 * @param held actions that such fires are of, counted at each of their callbacks
 */
public record Status(
    int actions,
    int schedules,
    Optional<Instant> nextFireAt,
    long delivered,
    int waiting,
    int retrying,
    int running,
    int unrecorded,
    boolean writing,
    List<Outage> outages,
    boolean storeFailing,
    Optional<BacklogHold> hold,
    int held) {
  /** Where nothing is in retry, and nothing waits for an operator. */
  public Status(
      int actions,
      int schedules,
      Optional<Instant> nextFireAt,
      long delivered,
      int waiting,
      int running,
      int unrecorded,
      List<Outage> outages,
      boolean storeFailing) {
    this(
        actions,
        schedules,
        nextFireAt,
        delivered,
        waiting,
        0,
        running,
        unrecorded,
        unrecorded > 0,
        outages,
        storeFailing,
        Optional.empty(),
        0);
  }

  /** The names of the callbacks whose targets cannot be reached. */
  public List<String> unavailable() {
    return outages.stream().map(Outage::callback).toList();
  }

  /** As the parts of the engine are now, on its thread. */
  static Status of(
      Actions actions,
      Timetable<ActionProgress> timetable,
      Callbacks callbacks,
      Recorder<ActionProgress> recorder,
      Backlog backlog,
      long delivered) {
    return new Status(
        actions.size(),
        timetable.schedules(),
        timetable.nextAt(),
        delivered,
        callbacks.waiting(),
        callbacks.retrying(),
        callbacks.running(),
        recorder.unrecorded(),
        recorder.isWriting(),
        callbacks.outages(),
        recorder.isFailing(),
        backlog.hold(),
        backlog.held().size());
  }
}
