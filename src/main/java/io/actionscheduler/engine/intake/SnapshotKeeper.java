package io.actionscheduler.engine.intake;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.engine.intake.Meanwhile.Difference;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores the actions in force, for a start while their source is unavailable. */
final class SnapshotKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotKeeper.class);
  private static final int CHUNK = 10_000;

  private final Store store;
  private final String source;
  private final AtomicBoolean replaced = new AtomicBoolean(); // the store, since the last look
  private boolean reconciled; // whether the stored actions are known to be those in force last
  private boolean failing;
  private Consumer<Difference> found = difference -> {}; // receives what a comparison finds
  private Instant taken; // as the store has it; null where that is not known

  SnapshotKeeper(Store store, String source) {
    this.store = requireNonNull(store, "store is null");
    this.source = requireNonNull(source, "source is null");
    store.whenReplaced(what -> replaced.set(true));
  }

  /**
   * Stores the actions that a start found.
   *
   * @param before when an earlier run read the source for the last time; empty for the first start
   * @param meanwhile receives what changed since then
   */
  void open(List<Action> actions, Instant readAt, Optional<Instant> before, Meanwhile meanwhile) {
    List<Difference> differences = new ArrayList<>();
    if (before.isPresent()) {
      found =
          difference -> {
            if (differences.size() < Meanwhile.MOST) {
              differences.add(difference);
            }
          };
    }
    keep(new SyncPlan(actions, List.of(), List.of(), actions), readAt);
    found = difference -> {};
    if (!differences.isEmpty()) {
      meanwhile.changed(differences, before.orElseThrow());
    }
  }

  /** Stores what a sync changed; the first time, and after a failure, everything that differs. */
  void keep(SyncPlan plan, Instant readAt) {
    if (replaced.getAndSet(false)) {
      reconciled = false;
    }
    try {
      if (reconciled) {
        save(changedOrAdded(plan), plan.removed());
      } else {
        reconcile(plan.actions());
      }
      if (!readAt.equals(taken)) {
        store.snapshotTaken(source, readAt);
        taken = readAt;
      }
      if (failing) {
        LOG.info("{} stores the snapshot of source {} again", store.label(), source);
      }
      reconciled = true;
      failing = false;
    } catch (StoreException e) {
      reconciled = false;
      if (!failing) {
        LOG.warn(
            "{} cannot store the snapshot of source {}; a start without the source would find an"
                + " older one: {}",
            store.label(),
            source,
            e.getMessage());
        failing = true;
      }
    }
  }

  private static List<Action> changedOrAdded(SyncPlan plan) {
    if (plan.changed().isEmpty()) {
      return plan.added();
    }
    List<Action> actions = new ArrayList<>(plan.added());
    actions.addAll(plan.changed());
    return actions;
  }

  /** Compares the stored actions with those in force, both in ascending order of ids. */
  private void reconcile(List<Action> actions) throws StoreException {
    List<Action> changed = new ArrayList<>();
    List<ActionId> removed = new ArrayList<>();
    int[] at = {0};
    store.readSnapshot(
        source,
        kept -> {
          while (at[0] < actions.size() && actions.get(at[0]).id().compareTo(kept.id()) < 0) {
            changed.add(added(actions.get(at[0]++)));
          }
          if (at[0] == actions.size() || !actions.get(at[0]).id().equals(kept.id())) {
            removed.add(kept.id());
            found.accept(new Difference(Optional.of(kept), Optional.empty()));
          } else if (!actions.get(at[0]++).equals(kept)) {
            Action now = actions.get(at[0] - 1);
            changed.add(now);
            found.accept(new Difference(Optional.of(kept), Optional.of(now)));
          }
        });
    actions.subList(at[0], actions.size()).forEach(action -> changed.add(added(action)));
    save(changed, removed);
  }

  private Action added(Action action) {
    found.accept(new Difference(Optional.empty(), Optional.of(action)));
    return action;
  }

  private void save(List<Action> changed, List<ActionId> removed) throws StoreException {
    for (int from = 0; from < removed.size(); from += CHUNK) {
      store.saveSnapshot(
          source, List.of(), removed.subList(from, Math.min(from + CHUNK, removed.size())));
    }
    for (int from = 0; from < changed.size(); from += CHUNK) {
      store.saveSnapshot(
          source, changed.subList(from, Math.min(from + CHUNK, changed.size())), List.of());
    }
  }
}
