package io.actionscheduler.engine;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.Policy;
import io.actionscheduler.engine.intake.Actions;
import io.actionscheduler.engine.run.ActionProgress;
import io.actionscheduler.engine.run.DeadLetters;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Which actions use a callback or a calendar. Confined to the engine's thread. */
final class Users {
  private static final int NAMED = 3;

  private final Actions actions;
  private final DeadLetters deadLetters;

  Users(Actions actions, DeadLetters deadLetters) {
    this.actions = actions;
    this.deadLetters = deadLetters;
  }

  /** What uses that callback, for a message; empty for nothing. */
  Optional<String> ofCallback(String name) {
    Optional<String> named = of(policy -> policy.callbacks().contains(name));
    int letters = deadLetters.waitingFor(name);
    return named.isEmpty() && letters > 0
        ? Optional.of(letters + (letters == 1 ? " dead letter" : " dead letters"))
        : named;
  }

  /** What follows that calendar, for a message; empty for nothing. */
  Optional<String> ofCalendar(String name) {
    return of(policy -> policy.calendars().stream().anyMatch(use -> use.calendar().equals(name)));
  }

  private Optional<String> of(Predicate<Policy> uses) {
    TreeMap<String, String> labels = new TreeMap<>();
    int count = 0;
    for (ActionProgress first : actions.all()) {
      if (isUser(first, uses)) {
        count++;
        labels.put(first.action().id().text(), first.action().label());
        if (labels.size() > NAMED) {
          labels.pollLastEntry();
        }
      }
    }
    String named = String.join(", ", labels.values());
    return count == 0
        ? Optional.empty()
        : Optional.of(count > NAMED ? named + " and " + (count - NAMED) + " more" : named);
  }

  private static boolean isUser(ActionProgress first, Predicate<Policy> uses) {
    for (ActionProgress one = first; one != null; one = one.sibling()) {
      Action pending = one.pendingEdit() == null ? one.action() : one.pendingEdit().action();
      if (uses.test(one.action().policy()) || uses.test(pending.policy())) {
        return true;
      }
    }
    return false;
  }
}
