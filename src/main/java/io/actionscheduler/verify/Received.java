package io.actionscheduler.verify;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.FireId;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.schedule.Schedule;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The fires that a receiver got in a period, to be compared with those that the ledger calls
 * delivered. They are held in memory.
 */
public final class Received {
  private final Period period;
  private final Optional<String> callback;
  private final Map<ActionId, Set<Instant>> fires = new HashMap<>();
  private long kept;
  private long looked;

  /**
   * @param callback name of the callback that delivers to this receiver; empty for all callbacks
   */
  public Received(Period period, Optional<String> callback) {
    this.period = requireNonNull(period, "period is null");
    this.callback = requireNonNull(callback, "callback is null");
  }

  /** Adds a fire; ignores fires by hand, those of other periods, and repetitions. */
  public void add(FireId id) {
    boolean scheduled = id.request().isEmpty();
    boolean inPeriod =
        !id.scheduledAt().isBefore(period.from()) && id.scheduledAt().isBefore(period.to());
    if (scheduled
        && inPeriod
        && fires.computeIfAbsent(id.action(), any -> new HashSet<>()).add(id.scheduledAt())) {
      kept++;
    }
  }

  /** How many fires were added, each once. */
  public long kept() {
    return kept;
  }

  /** How many deliveries of the ledger were looked up so far. */
  public long looked() {
    return looked;
  }

  /** Hands over the times in {@code part} that were not received, in order. */
  void missing(ProgressKey key, Schedule schedule, Period.Part part, Consumer<Stretch> each) {
    if (!callback.map(key.callback()::equals).orElse(true)) {
      return;
    }
    Set<Instant> its = fires.getOrDefault(key.action(), Set.of());
    Instant first = null; // of the times in a row that are missing
    Instant last = null;
    long count = 0;
    Optional<Instant> next = schedule.next(part.after());
    while (next.isPresent() && !next.get().isAfter(part.upTo())) {
      Instant time = next.get();
      looked++;
      if (!its.contains(time)) {
        first = count == 0 ? time : first;
        last = time;
        count++;
      } else if (count > 0) {
        each.accept(new Stretch(first, last, count));
        count = 0;
      }
      next = schedule.next(time);
    }
    if (count > 0) {
      each.accept(new Stretch(first, last, count));
    }
  }
}
