package io.actionscheduler.engine.intake;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.engine.clock.EngineLoop;
import io.actionscheduler.engine.run.ActionProgress;
import io.actionscheduler.engine.run.Callbacks;
import io.actionscheduler.engine.run.PendingEdit.Notice;
import io.actionscheduler.fire.ContradictorySchedule;
import io.actionscheduler.fire.IdScope;
import io.actionscheduler.fire.KeptTimings;
import io.actionscheduler.fire.MissedFires;
import io.actionscheduler.fire.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies what sources contain: at the beginning, from the progress of earlier runs; later, each
 * change. Confined to the engine's thread.
 */
public final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private final IntakeParts parts;
  private final Callbacks callbacks;
  private final MissedFires missedFires;
  private final NewActions newActions;
  private final WithoutCallback withoutCallback = new WithoutCallback();

  public Intake(IntakeParts parts, Callbacks callbacks, MissedFires missedFires) {
    this.parts = parts;
    this.callbacks = callbacks;
    this.missedFires = missedFires;
    this.newActions = new NewActions(parts.recorder());
  }

  /** Begins with the actions of a source in small steps, so that other work is done in between. */
  public void begin(StoredStart stored, StoredFirst storedFirst, EngineLoop loop) {
    Resumption resumption = resumption(stored, storedFirst);
    loop.post(now -> goOn(resumption, loop, now));
  }

  private Resumption resumption(StoredStart stored, StoredFirst storedFirst) {
    return new Resumption(stored, parts, newActions, withoutCallback, missedFires, storedFirst);
  }

  private static void goOn(Resumption resumption, EngineLoop loop, Instant now) {
    if (resumption.step(now)) {
      loop.post(then -> goOn(resumption, loop, then));
    }
  }

  /** Applies the differences from the previous reading. */
  public void apply(
      SyncPlan plan, SourceStart.Readings readings, StoredFirst storedFirst, Instant now) {
    newActions.beginReading();
    plan.removed().forEach(id -> remove(id, readings.at(), now));
    plan.changed().forEach(action -> change(action, readings, now));
    plan.added().forEach(action -> add(action, readings, now));
    plan.added().forEach(action -> parts.actions().of(action.id()).forEach(storedFirst::await));
    parts.edits().tellSuperseded();
    storedFirst.complete();
  }

  private void add(Action action, SourceStart.Readings readings, Instant now) {
    Optional<WithoutCallback.Stored> stored = withoutCallback.take(action.id());
    if (!callbacks.has(action.policy().callbacks())) { // a reload removed it just now
      LOG.warn(
          "{}: does not fire, because a callback of {} is not in the settings",
          action.label(),
          action.policy().callbacks());
      List<Progress> progress = stored.map(WithoutCallback.Stored::progress).orElse(List.of());
      KeptTimings timings =
          stored.map(WithoutCallback.Stored::timings).orElse((cron, zone) -> Optional.empty());
      withoutCallback.put(new WithoutCallback.Stored(action, progress, timings));
      return;
    }
    if (stored.isPresent() && !stored.get().progress().isEmpty()) {
      goOn(List.of(action), stored.get(), readings.at(), now);
      return;
    }
    ActionProgress chain = Actions.chain(action);
    parts.actions().put(chain);
    for (ActionProgress one = chain; one != null; one = one.sibling()) {
      newActions.begin(one, readings);
    }
  }

  /** Callbacks were added: actions that could not fire without them continue. */
  public void callbacksAdded(Instant now) {
    for (WithoutCallback.Stored one :
        withoutCallback.take(action -> callbacks.has(action.policy().callbacks()))) {
      goOn(List.of(one.action()), one, now, now);
    }
  }

  private void change(Action action, SourceStart.Readings readings, Instant now) {
    if (parts.actions().has(action.id())) {
      parts.edits().change(action, notice(action, readings), now);
    } else { // none of its callbacks was in the settings
      add(action, readings, now);
    }
  }

  private static Notice notice(Action action, SourceStart.Readings readings) {
    try {
      return new Notice(readings.at(), NewActions.pastDate(action.timing(), readings));
    } catch (ContradictorySchedule e) {
      return Notice.at(readings.at()); // it is logged when it is scheduled
    }
  }

  private void remove(ActionId id, Instant readAt, Instant now) {
    withoutCallback.take(id).ifPresent(stored -> goOn(List.of(), stored, readAt, now));
    parts.actions().take(id).forEach(progress -> parts.edits().remove(progress, readAt));
  }

  /**
   * Actions that could not fire because their callback was missing continue, or end where they were
   * removed.
   */
  private void goOn(
      List<Action> actions, WithoutCallback.Stored stored, Instant readAt, Instant now) {
    SourceStart start =
        new SourceStart(
            actions,
            IdScope.ALL,
            Set.of(),
            new SourceStart.Readings(readAt, Optional.of(readAt)),
            Map.of(),
            stored.timings());
    StoredStart known = StoredStart.of(start, callbacks, stored.progress());
    Resumption resumption = resumption(known, new StoredFirst());
    while (resumption.step(now)) {
      // all of it at once: it is only one action
    }
  }
}
