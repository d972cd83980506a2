package io.actionscheduler.engine.intake;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.engine.clock.EngineLoop;
import io.actionscheduler.engine.run.ActionProgress;
import io.actionscheduler.engine.run.Callbacks;
import io.actionscheduler.engine.run.PendingEdit.Notice;
import io.actionscheduler.fire.IdScope;
import io.actionscheduler.fire.KeptTimings;
import io.actionscheduler.fire.MissedFires;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
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

  private static final KeptTimings NONE_KEPT = (cron, zone) -> Optional.empty();

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
    StartReport report = report(stored.start().readAt());
    Resumption resumption = resumption(stored, storedFirst, report);
    loop.post(now -> resume(resumption, report, loop, now));
  }

  private StartReport report(Instant readAt) {
    newActions.beginReading();
    return new StartReport(missedFires, readAt);
  }

  private Resumption resumption(StoredStart stored, StoredFirst storedFirst, StartReport report) {
    return new Resumption(stored, parts, newActions, withoutCallback, storedFirst, report);
  }

  private void resume(Resumption resumption, StartReport report, EngineLoop loop, Instant now) {
    if (resumption.step(now)) {
      loop.post(then -> resume(resumption, report, loop, then));
    } else {
      report.tell();
      callbacksAdded(loop, now); // callbacks may have been added while the stored progress was read
    }
  }

  /** Applies the differences from the previous reading. */
  public void apply(
      SyncPlan plan, SourceStart.Readings readings, StoredFirst storedFirst, Instant now) {
    newActions.beginReading();
    plan.removed().forEach(id -> remove(id, readings.at(), now));
    plan.changed().forEach(action -> put(action, readings, now));
    plan.added().forEach(action -> put(action, readings, now));
    plan.added().forEach(action -> parts.actions().of(action.id()).forEach(storedFirst::await));
    parts.edits().tellSuperseded();
    storedFirst.complete();
  }

  private void put(Action action, SourceStart.Readings readings, Instant now) {
    boolean inForce = parts.actions().has(action.id());
    Optional<WithoutCallback.Stored> stored = withoutCallback.take(action.id());
    if (!callbacks.has(action.policy().callbacks())) { // a reload removed it just now
      LOG.warn(
          "{}: {}, because a callback of {} is not in the settings",
          action.label(),
          inForce ? "continues as before its edit" : "does not fire",
          action.policy().callbacks());
      withoutCallback.put(
          stored
              .map(one -> one.with(action))
              .orElse(new WithoutCallback.Stored(action, List.of(), List.of(), NONE_KEPT)));
      return;
    }
    if (inForce) {
      boolean rescheduled =
          parts.actions().of(action.id()).stream()
              .anyMatch(one -> !one.action().timing().firesLike(action.timing()));
      parts.edits().change(action, NewActions.notice(action, readings), now);
      if (rescheduled) {
        newActions.edited(action, readings);
      }
      return;
    }
    if (stored.isPresent() && !stored.get().isNew()) {
      resumeOne(List.of(action), stored.get(), readings.at(), now);
      return;
    }
    ActionProgress chain = Actions.chain(action);
    parts.actions().put(chain);
    for (ActionProgress one = chain; one != null; one = one.sibling()) {
      newActions.begin(one, readings);
    }
  }

  /**
   * Callbacks were added: actions that could not fire without them continue, and edits that named
   * them are applied; the first of them now, the others in further small steps. An action that a
   * reading changes or removes in the meantime is left out.
   */
  public void callbacksAdded(EngineLoop loop, Instant now) {
    resume(withoutCallback.ids().iterator(), report(now), now, loop, now);
  }

  private void resume(
      Iterator<ActionId> ids, StartReport report, Instant addedAt, EngineLoop loop, Instant now) {
    Map<KeptTimings, List<WithoutCallback.Stored>> ready = new HashMap<>();
    for (int i = 0; i < Resumption.AT_ONCE && ids.hasNext(); i++) {
      takeReady(ids.next())
          .ifPresent(
              one -> {
                if (parts.actions().has(one.action().id())) {
                  parts.edits().change(one.action(), Notice.at(addedAt), now);
                } else {
                  ready.computeIfAbsent(one.timings(), any -> new ArrayList<>()).add(one);
                }
              });
    }
    ready
        .values()
        .forEach(
            some -> {
              some.sort(Comparator.comparing(one -> one.action().id()));
              List<Action> actions = some.stream().map(WithoutCallback.Stored::action).toList();
              resume(actions, some, addedAt, report, now);
            });
    if (ids.hasNext()) {
      loop.post(then -> resume(ids, report, addedAt, loop, then));
    } else {
      parts.edits().tellSuperseded();
      report.tell();
    }
  }

  /** Removes and gives that one if its callbacks are there now. */
  private Optional<WithoutCallback.Stored> takeReady(ActionId id) {
    return withoutCallback
        .get(id)
        .filter(one -> callbacks.has(one.action().policy().callbacks()))
        .flatMap(one -> withoutCallback.take(id));
  }

  private void remove(ActionId id, Instant readAt, Instant now) {
    withoutCallback.take(id).ifPresent(stored -> resumeOne(List.of(), stored, readAt, now));
    parts.actions().take(id).forEach(progress -> parts.edits().remove(progress, readAt));
  }

  private void resumeOne(
      List<Action> actions, WithoutCallback.Stored stored, Instant readAt, Instant now) {
    StartReport report = new StartReport(missedFires, readAt);
    resume(actions, List.of(stored), readAt, report, now);
    report.tell();
  }

  /**
   * Actions that could not fire because their callback was missing continue, or end where they were
   * removed.
   *
   * @param stored what is stored of them, to be read by the same timings
   */
  private void resume(
      List<Action> actions,
      List<WithoutCallback.Stored> stored,
      Instant readAt,
      StartReport report,
      Instant now) {
    SourceStart start =
        new SourceStart(
            actions,
            IdScope.ALL,
            Set.of(),
            new SourceStart.Readings(readAt, Optional.of(readAt)),
            NextRuns.NONE,
            stored.get(0).timings());
    StoredStart known = StoredStart.of(start, callbacks, stored);
    Resumption resumption = resumption(known, new StoredFirst(), report);
    while (resumption.step(now)) {
      // all of it at once: these are few
    }
  }
}
