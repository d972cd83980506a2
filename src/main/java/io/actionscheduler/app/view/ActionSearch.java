package io.actionscheduler.app.view;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.view.ActionView.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds actions in force, also by values that the database does not have, such as their state.
 *
 * @param text in name or command, in any letter case
 * @param schedule in the schedule as its source has it, in any letter case
 * @param among the only ids wanted; empty for all
 */
public record ActionSearch(
    Optional<String> text,
    Optional<String> schedule,
    Optional<String> callback,
    Optional<State> state,
    Optional<Set<ActionId>> among) {

  public ActionSearch {
    text = text.map(one -> one.toLowerCase(Locale.ROOT));
    schedule = schedule.map(one -> one.toLowerCase(Locale.ROOT));
    requireNonNull(callback, "callback is null");
    requireNonNull(state, "state is null");
    requireNonNull(among, "among is null");
  }

  /**
   * The ids of those that match, in the order of {@code actions}.
   *
   * @param descending the other way round
   */
  public List<ActionId> find(List<ActionOrder.Entry> actions, boolean descending) {
    List<ActionId> found = new ArrayList<>();
    for (ActionOrder.Entry entry : actions) {
      if (matches(entry)) {
        found.add(entry.action().id());
      }
    }
    if (descending) {
      Collections.reverse(found);
    }
    return found;
  }

  private boolean matches(ActionOrder.Entry entry) {
    Action action = entry.action();
    return (among.isEmpty() || among.get().contains(action.id()))
        && (callback.isEmpty() || action.policy().callbacks().contains(callback.get()))
        && (state.isEmpty() || state.get() == stateOf(entry))
        && (schedule.isEmpty() || contains(action.timing().written(), schedule.get()))
        && (text.isEmpty()
            || contains(action.name(), text.get())
            || contains(action.command(), text.get()));
  }

  /** Letters without case first: making lower case of every text would take most of the time. */
  private static boolean contains(String text, String wanted) {
    return text.contains(wanted) || text.toLowerCase(Locale.ROOT).contains(wanted);
  }

  private static State stateOf(ActionOrder.Entry entry) {
    if (!entry.action().policy().enabled()) {
      return State.DISABLED;
    }
    return entry.nextAt().isPresent() ? State.FIRES : State.NEVER;
  }
}
