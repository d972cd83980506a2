package io.actionscheduler.engine;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.schedule.Timing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/**
 * Which schedule fires next. Lanes that share a schedule share a slot, so that the work of a second
 * grows with the schedules due in it; a schedule that is far off costs an entry in a heap and
 * nothing else. Confined to the engine's thread.
 */
final class Timetable {
  /** Actions of one schedule that are told in the order of their ids; of a herd, any are told. */
  private static final int SORTED = 1_000;

  private final Map<Timing, Slot> slots = new HashMap<>();
  private final PriorityQueue<Slot> byTime = new PriorityQueue<>();
  private int emptied; // slots that still stand in the heap without lanes

  /**
   * Puts {@code lane} under its action's schedule, whose next time is the one after {@code now}.
   */
  void add(Lane lane, Instant now) {
    Slot slot = slots.get(lane.action.timing());
    if (slot == null) {
      slot = new Slot(lane.action.timing());
      slots.put(slot.timing, slot);
      queue(slot, now);
    }
    slot.add(lane);
  }

  /** Takes {@code lane} out; does nothing when it is in no slot. */
  void remove(Lane lane) {
    Slot slot = lane.slot;
    if (slot == null) {
      return;
    }
    slot.remove(lane);
    if (slot.isEmpty()) {
      slots.remove(slot.timing);
      if (slot.nextAt != null && ++emptied > byTime.size() / 2) {
        byTime.removeIf(Slot::isEmpty);
        emptied = 0;
      }
    }
  }

  /** When the next schedule fires, or empty when none ever does. */
  Optional<Instant> nextAt() {
    while (!byTime.isEmpty() && byTime.peek().isEmpty()) {
      byTime.poll();
      emptied--;
    }
    return Optional.ofNullable(byTime.peek()).map(slot -> slot.nextAt);
  }

  /** Hands over every slot that fires at or before {@code now} and moves it on to its next time. */
  void takeDue(Instant now, Consumer<Slot> each) {
    while (!byTime.isEmpty() && !byTime.peek().nextAt.isAfter(now)) {
      Slot slot = byTime.poll();
      if (slot.isEmpty()) {
        emptied--;
      } else {
        queue(slot, now); // what lies between is found by each lane's own progress
        each.accept(slot);
      }
    }
  }

  /** Finds every next time anew, after the clock stepped back to {@code now}. */
  void restart(Instant now) {
    byTime.clear();
    emptied = 0;
    slots.values().forEach(slot -> queue(slot, now));
  }

  /**
   * The actions that fire next, soonest first, {@code most} at most; in time that grows with the
   * number of schedules, and not with that of actions.
   */
  List<Upcoming> upcoming(int most) {
    PriorityQueue<Slot> soonest = new PriorityQueue<>(byTime);
    Map<ActionId, Upcoming> upcoming = new LinkedHashMap<>();
    while (!soonest.isEmpty() && upcoming.size() < most) {
      Slot slot = soonest.poll();
      List<Action> actions = slot.first(Math.max(most, SORTED));
      actions.sort(Comparator.comparing(Action::id));
      for (Action action : actions) {
        if (upcoming.size() < most) {
          upcoming.putIfAbsent(action.id(), new Upcoming(action, slot.nextAt));
        }
      }
    }
    return new ArrayList<>(upcoming.values());
  }

  int schedules() {
    return slots.size();
  }

  private void queue(Slot slot, Instant now) {
    slot.nextAt = slot.timing.schedule().next(now).orElse(null);
    if (slot.nextAt != null) {
      byTime.add(slot);
    }
  }
}
