package io.actionscheduler.engine.intake;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.Rejection;
import io.actionscheduler.action.Snapshot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What differs between the actions in force and a new reading of their source.
 *
 * @param actions in force from now on, in ascending order of their ids: those read, and those that
 *     were valid before and cannot be understood now
 */
public record SyncPlan(
    List<Action> added, List<Action> changed, List<ActionId> removed, List<Action> actions) {

  /** A pure function of both; {@code before} is in ascending order of ids. */
  public static SyncPlan between(List<Action> before, Snapshot now) {
    if (before.isEmpty()) {
      return new SyncPlan(now.actions(), List.of(), List.of(), now.actions());
    }
    Set<ActionId> rejected = new HashSet<>();
    now.rejections().stream().map(Rejection::id).forEach(rejected::add);

    SyncPlan plan =
        new SyncPlan(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(Math.max(before.size(), now.actions().size())));
    int i = 0;
    for (Action action : now.actions()) {
      if (i < before.size() && before.get(i) == action) { // as nearly all are
        i++;
        plan.actions.add(action);
        continue;
      }
      while (i < before.size() && before.get(i).id().compareTo(action.id()) < 0) {
        plan.gone(before.get(i++), rejected);
      }
      if (i < before.size() && before.get(i).id().equals(action.id())) {
        plan.kept(before.get(i++), action);
      } else {
        plan.added.add(action);
      }
      plan.actions.add(action);
    }
    while (i < before.size()) {
      plan.gone(before.get(i++), rejected);
    }
    return plan;
  }

  public boolean isEmpty() {
    return added.isEmpty() && changed.isEmpty() && removed.isEmpty();
  }

  /** How many actions it adds, changes and removes. */
  public int size() {
    return added.size() + changed.size() + removed.size();
  }

  private void kept(Action old, Action action) {
    if (old != action && !old.equals(action)) {
      changed.add(action);
    }
  }

  private void gone(Action old, Set<ActionId> rejected) {
    if (rejected.contains(old.id())) {
      actions.add(old);
    } else {
      removed.add(old.id());
    }
  }
}
