package io.actionscheduler.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Several herds of one process: how late the last delivery of each was.
 *
 * @param lastMillis after the due time, herd by herd
 * @param early deliveries before their time, in all herds
 * @param lastDueAt of the last herd
 */
record Herds(List<Double> lastMillis, int early, Instant lastDueAt) {

  /**
   * Waits for {@code herds} herds of {@code actions} each, from the one due at {@code firstDueAt},
   * and checks that each delivers every action once.
   *
   * @param from how many lines had come before
   */
  static Herds receive(
      LineReceiver receiver, int from, int actions, Cadence cadence, Instant firstDueAt, int herds)
      throws InterruptedException {
    List<Double> last = new ArrayList<>();
    int early = 0;
    Instant dueAt = firstDueAt;
    for (int herd = 0; herd < herds; herd++) {
      dueAt = firstDueAt.plusSeconds((long) herd * cadence.seconds());
      int upTo = from + (herd + 1) * actions;
      Pause.until(
          dueAt.plus(Duration.ofSeconds(cadence.seconds())).minusMillis(300),
          () -> receiver.count() >= upTo);
      Arrivals arrivals = receiver.slice(upTo - actions, upTo);
      arrivals.requireEachOnce(actions, "herd " + (herd + 1) + " due " + dueAt);
      last.add(arrivals.lastAfter(dueAt));
      early += arrivals.early(dueAt);
    }
    return new Herds(last, early, dueAt);
  }

  /** The first herd, when the virtual machine is still cold. */
  double first() {
    return lastMillis.get(0);
  }

  /** All but the first. */
  Figures rest() {
    return Figures.of(lastMillis.subList(1, lastMillis.size()));
  }
}
