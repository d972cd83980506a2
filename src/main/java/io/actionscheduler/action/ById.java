package io.actionscheduler.action;

import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Finds actions in lists that are in ascending order of their ids. */
public final class ById {
  private ById() {}

  /** The action of that id; empty where the list has none. */
  public static Optional<Action> find(List<Action> actions, ActionId id) {
    int place = place(actions, id);
    return place < 0 ? Optional.empty() : Optional.of(actions.get(place));
  }

  /**
   * The place of the action of that id; where the list has none, {@code -p - 1}, and p is the place
   * at which it would be added, as {@link Collections#binarySearch} has it.
   */
  public static int place(List<Action> actions, ActionId id) {
    int low = 0;
    int high = actions.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = actions.get(middle).id().compareTo(id);
      if (order == 0) {
        return middle;
      }
      low = order < 0 ? middle + 1 : low;
      high = order > 0 ? middle - 1 : high;
    }
    return -low - 1;
  }
}
