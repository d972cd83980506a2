package io.actionscheduler.fire;

import io.actionscheduler.action.Action;
import io.actionscheduler.schedule.Timing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** What fires next among many actions. */
public final class ComingFires {

  /** An action and one of its scheduled times. */
  public record Coming(Instant scheduledAt, Action action) {}

  private record Next(Instant at, Timing timing) {}

  private ComingFires() {}

  /**
   * The first {@code count} fires scheduled after {@code after}, in the order of time and then of
   * ids; disabled actions do not fire. Each schedule is asked once, however many actions share it.
   */
  public static List<Coming> of(Collection<Action> actions, Instant after, int count) {
    Map<Timing, List<Action>> sharing = new HashMap<>();
    for (Action action : actions) {
      if (action.policy().enabled()) {
        sharing.computeIfAbsent(action.timing(), timing -> new ArrayList<>()).add(action);
      }
    }
    var queue = new PriorityQueue<Next>(Comparator.comparing(Next::at));
    sharing.keySet().forEach(timing -> enqueue(queue, timing, after));
    List<Coming> coming = new ArrayList<>();
    while (coming.size() < count && !queue.isEmpty()) {
      Instant at = queue.peek().at();
      List<Action> together = new ArrayList<>();
      while (!queue.isEmpty() && queue.peek().at().equals(at)) {
        Timing timing = queue.poll().timing();
        together.addAll(sharing.get(timing));
        enqueue(queue, timing, at);
      }
      together.stream()
          .sorted(Comparator.comparing(Action::id))
          .limit(count - coming.size())
          .forEach(action -> coming.add(new Coming(at, action)));
    }
    return coming;
  }

  private static void enqueue(PriorityQueue<Next> queue, Timing timing, Instant after) {
    timing.schedule().next(after).ifPresent(at -> queue.add(new Next(at, timing)));
  }
}
