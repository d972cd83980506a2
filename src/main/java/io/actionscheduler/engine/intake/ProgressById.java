package io.actionscheduler.engine.intake;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.engine.run.ActionProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The progress of every action, found by the id that the action itself holds. A map of the library
 * needs forty bytes for each of a million entries, this table eight. Confined to the engine's
 * thread.
 */
final class ProgressById {
  // A power of two, two thirds full at most.
  private ActionProgress[] table = new ActionProgress[16];
  private int size;

  int size() {
    return size;
  }

  /** The progress of {@code id}, or null where there is none. */
  ActionProgress get(ActionId id) {
    return table[place(id)];
  }

  /** Adds it, in place of the one of the same action. */
  void put(ActionProgress progress) {
    int place = place(progress.action().id());
    if (table[place] == null) {
      size++;
    }
    table[place] = progress;
    if (size > table.length / 3 * 2) {
      grow();
    }
  }

  /** Removes the progress of {@code id}, if it is there. */
  void remove(ActionId id) {
    int gap = place(id);
    if (table[gap] == null) {
      return;
    }
    size--;
    table[gap] = null;
    // What stood behind it because its own place was taken moves up: a search ends at a gap.
    int mask = table.length - 1;
    for (int at = gap + 1 & mask; table[at] != null; at = at + 1 & mask) {
      int home = home(table[at].action().id());
      if ((at - home & mask) >= (at - gap & mask)) {
        table[gap] = table[at];
        table[at] = null;
        gap = at;
      }
    }
  }

  /** Hands over each; none may be added or removed meanwhile. */
  void forEach(Consumer<ActionProgress> each) {
    for (ActionProgress one : table) {
      if (one != null) {
        each.accept(one);
      }
    }
  }

  /** All of them, as they are now. */
  List<ActionProgress> all() {
    List<ActionProgress> all = new ArrayList<>(size);
    forEach(all::add);
    return all;
  }

  /** How many others the search for one of them passes at most. */
  int longestSearch() {
    int longest = 0;
    for (int at = 0; at < table.length; at++) {
      if (table[at] != null) {
        longest = Math.max(longest, at - home(table[at].action().id()) & table.length - 1);
      }
    }
    return longest;
  }

  private void grow() {
    ActionProgress[] before = table;
    table = new ActionProgress[before.length * 2];
    for (ActionProgress one : before) {
      if (one != null) {
        int place = home(one.action().id());
        while (table[place] != null) { // no two have the same id
          place = place + 1 & table.length - 1;
        }
        table[place] = one;
      }
    }
  }

  /** Where {@code id} is, or would be. */
  private int place(ActionId id) {
    int place = home(id);
    while (table[place] != null && !table[place].action().id().equals(id)) {
      place = place + 1 & table.length - 1;
    }
    return place;
  }

  /**
   * Eight successive numbers are placed side by side, in one or two lines of the processor's cache.
   * These groups of eight are spread evenly, by the upper bits of multiples of the golden ratio, so
   * that they hardly overlap. A search reads three objects for each entry that it passes.
   */
  private int home(ActionId id) {
    int hash = id.hashCode();
    int group = (hash >>> 3) * 0x9E3779B9 >>> Integer.numberOfLeadingZeros(table.length) + 1;
    return group + (hash & 7) & table.length - 1;
  }
}
