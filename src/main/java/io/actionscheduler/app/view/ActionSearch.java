package io.actionscheduler.app.view;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.view.ActionView.State;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.RandomAccess;
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

  /** Whether every action matches. */
  private boolean isOfAll() {
    return text.isEmpty()
        && schedule.isEmpty()
        && callback.isEmpty()
        && state.isEmpty()
        && among.isEmpty();
  }

  /**
   * The ids of those that match, in the order of {@code actions}; not to be changed.
   *
   * @param descending the other way round
   */
  public List<ActionId> find(List<ActionOrder.Entry> actions, boolean descending) {
    if (isOfAll()) { // of a hundred thousand, a page takes fifty
      return new IdsOf(actions, descending);
    }
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

  /** The ids of all, read as they are asked for. */
  private static final class IdsOf extends AbstractList<ActionId> implements RandomAccess {
    private final List<ActionOrder.Entry> entries;
    private final boolean descending;

    IdsOf(List<ActionOrder.Entry> entries, boolean descending) {
      this.entries = entries;
      this.descending = descending;
    }

    @Override
    public ActionId get(int index) {
      return entries.get(descending ? entries.size() - 1 - index : index).action().id();
    }

    @Override
    public int size() {
      return entries.size();
    }
  }

  private boolean matches(ActionOrder.Entry entry) {
    Action action = entry.action();
    return (among.isEmpty() || among.get().contains(action.id()))
        && (callback.isEmpty() || action.policy().callbacks().contains(callback.get()))
        && (state.isEmpty() || state.get() == stateOf(entry))
        && (schedule.isEmpty() || has(action.timing().written(), schedule.get()))
        && (text.isEmpty() || has(action.name(), text.get()) || has(action.command(), text.get()));
  }

  /** Whether {@code text} has {@code wanted} in it, in any letter case. */
  public static boolean contains(String text, String wanted) {
    return has(text, wanted.toLowerCase(Locale.ROOT));
  }

  /** Letters without case first: making lower case of every text would take most of the time. */
  private static boolean has(String text, String lower) {
    return text.contains(lower) || text.toLowerCase(Locale.ROOT).contains(lower);
  }

  private static State stateOf(ActionOrder.Entry entry) {
    if (!entry.action().policy().enabled()) {
      return State.DISABLED;
    }
    return entry.nextAt().isPresent() ? State.FIRES : State.NEVER;
  }
}
