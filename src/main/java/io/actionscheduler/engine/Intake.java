package io.actionscheduler.engine;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.MissedFires;
import io.actionscheduler.fire.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes in what sources hold: at the beginning where earlier runs left off, and each change since.
 * Confined to the engine's thread.
 */
final class Intake {
  private final Lanes lanes;
  private final Edits edits;
  private final Recorder recorder;
  private final MissedFires missedFires;
  private final Homeless homeless = new Homeless();

  Intake(Lanes lanes, Edits edits, Recorder recorder, MissedFires missedFires) {
    this.lanes = lanes;
    this.edits = edits;
    this.recorder = recorder;
    this.missedFires = missedFires;
  }

  /**
   * The lanes of a source that begins, with their progress; none is scheduled yet.
   *
   * @throws StoreException when what is kept cannot be read; {@link #dropAll} then
   */
  List<Lane> begin(Opening opening, Resumption.KeptProgress kept, Instant now)
      throws StoreException {
    return new Resumption(opening, lanes, edits, recorder, homeless).run(kept, missedFires, now);
  }

  /** Takes out what could not begin; nothing is recorded of it. */
  void dropAll(Opening opening) {
    opening.actions().stream()
        .flatMap(action -> lanes.take(action.id()).stream())
        .forEach(lane -> lane.retired = true);
  }

  /** What differs since the reading at {@code previousReadAt}. */
  void apply(SyncPlan plan, Instant readAt, Instant previousReadAt, Instant now) {
    lanes.beginReading();
    plan.removed().forEach(id -> remove(id, readAt, now));
    plan.changed().forEach(action -> change(action, readAt, previousReadAt, now));
    plan.added().forEach(action -> add(action, readAt, previousReadAt, now));
  }

  private void add(Action action, Instant readAt, Instant previousReadAt, Instant now) {
    Optional<Homeless.Kept> kept = homeless.take(action.id());
    if (kept.isEmpty()) {
      lanes.add(action, readAt, Optional.of(previousReadAt));
    } else {
      goOn(List.of(action), kept.get(), readAt, now);
    }
  }

  private void change(Action action, Instant readAt, Instant previousReadAt, Instant now) {
    if (lanes.of(action.id()).isEmpty()) { // it had no callback to go to
      add(action, readAt, previousReadAt, now);
    } else {
      edits.change(action, readAt, now);
    }
  }

  private void remove(ActionId id, Instant readAt, Instant now) {
    homeless.take(id).ifPresent(kept -> goOn(List.of(), kept, readAt, now));
    lanes.take(id).forEach(lane -> edits.remove(lane, readAt));
  }

  /** What could not fire for want of its callback goes on, or ends where it is in no action. */
  private void goOn(List<Action> actions, Homeless.Kept kept, Instant readAt, Instant now) {
    Opening opening =
        new Opening(actions, id -> true, readAt, Optional.of(readAt), Map.of(), kept.timings());
    try {
      begin(opening, kept.progress()::forEach, now).stream()
          .filter(lane -> lane.state != Lane.State.NEW) // else once its progress is kept
          .forEach(lane -> lanes.schedule(lane, now));
    } catch (StoreException e) {
      throw new IllegalStateException(e); // a list can be read
    }
  }
}
