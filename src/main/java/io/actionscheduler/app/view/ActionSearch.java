package io.actionscheduler.app.view;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.view.ActionView.State;
import io.actionscheduler.schedule.Timing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds actions in force by values that the database does not have: their state, and their next
 * fire time. Next times are computed once for each schedule, so that a hundred thousand actions
 * take milliseconds.
 *
 * @param text in name or command, in any letter case
 * @param among the only ids wanted; empty for all
 */
public record ActionSearch(
    Optional<String> text,
    Optional<String> callback,
    Optional<State> state,
    Optional<Set<ActionId>> among,
    Order order) {

  /** The order; equal ones are in the order of their ids. */
  public enum Order {
    ID,
    NAME,
    /** By next fire time; those that never fire come last. */
    NEXT;

    /** In the form of parameters: {@code next}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** An action with its next scheduled time. */
  private record Found(Action action, Instant nextAt) {}

  public ActionSearch {
    text = text.map(one -> one.toLowerCase(Locale.ROOT));
    requireNonNull(callback, "callback is null");
    requireNonNull(state, "state is null");
    requireNonNull(among, "among is null");
    requireNonNull(order, "order is null");
  }

  /**
   * The matching ones of {@code actions}, in order.
   *
   * @param descending in the reverse order
   */
  public List<ActionId> find(List<Action> actions, Instant now, boolean descending) {
    Map<Timing, Optional<Instant>> next = new HashMap<>();
    List<Found> found = new ArrayList<>();
    for (Action action : actions) {
      if (matches(action)) {
        Optional<Instant> at =
            needsNext()
                ? next.computeIfAbsent(action.timing(), timing -> timing.schedule().next(now))
                : Optional.empty();
        if (state.isEmpty() || state.get() == stateOf(action, at)) {
          boolean fires = at.isPresent() && action.policy().enabled();
          found.add(new Found(action, fires ? at.get() : Instant.MAX));
        }
      }
    }
    Comparator<Found> comparator = comparator();
    found.sort(descending ? comparator.reversed() : comparator);
    return found.stream().map(one -> one.action().id()).toList();
  }

  private boolean needsNext() {
    return state.isPresent() || order == Order.NEXT;
  }

  private Comparator<Found> comparator() {
    Comparator<Found> byId = Comparator.comparing(one -> one.action().id());
    return switch (order) {
      case ID -> byId;
      case NAME -> Comparator.comparing((Found one) -> one.action().name()).thenComparing(byId);
      case NEXT -> Comparator.comparing(Found::nextAt).thenComparing(byId);
    };
  }

  private boolean matches(Action action) {
    return (among.isEmpty() || among.get().contains(action.id()))
        && (callback.isEmpty() || action.policy().callbacks().contains(callback.get()))
        && (text.isEmpty()
            || action.name().toLowerCase(Locale.ROOT).contains(text.get())
            || action.command().toLowerCase(Locale.ROOT).contains(text.get()));
  }

  private static State stateOf(Action action, Optional<Instant> next) {
    if (!action.policy().enabled()) {
      return State.DISABLED;
    }
    return next.isPresent() ? State.FIRES : State.NEVER;
  }
}
