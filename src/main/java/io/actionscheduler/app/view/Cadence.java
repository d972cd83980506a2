package io.actionscheduler.app.view;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.fire.HistoryStore.Filter;
import io.actionscheduler.fire.KeptTimings;
import io.actionscheduler.fire.LedgerEntry;
import io.actionscheduler.fire.Moments;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.schedule.Schedule;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.text.IsoTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares the scheduled times of a period with the runs in it. */
public final class Cadence {
  private static final int RUNS = 1_000;

  /** Which of the schedules of an action, at which callback. */
  private record Version(ProgressKey key, Instant begunAt) {}

  private final Store store;
  private final KeptTimings timings;

  public Cadence(Store store, KeptTimings timings) {
    this.store = requireNonNull(store, "store is null");
    this.timings = requireNonNull(timings, "timings is null");
  }

  /**
   * As a JSON object; times are counted for each callback of the action.
   *
   * @throws StoreException when the store cannot be read
   */
  public Map<String, Object> of(ActionId action, Instant from, Instant to) throws StoreException {
    long asked = 0;
    Optional<Duration> interval = Optional.empty();
    Map<String, Object> outcomes = new LinkedHashMap<>();
    Map<Version, Schedule> schedules = new HashMap<>();
    for (ScheduleVersion version : ScheduleVersion.withLastStretch(store, action, from, to)) {
      Optional<Timing> timing = timings.read(version.cron(), version.zone());
      if (timing.isPresent()) {
        Schedule schedule = timing.get().schedule();
        Instant after = Moments.later(version.begunAt(), from.minusNanos(1));
        Instant upTo = Moments.earlier(version.endedAt().orElse(to), to.minusNanos(1));
        asked += upTo.isAfter(after) ? schedule.count(after, upTo) : 0;
        schedules.put(new Version(version.key(), version.begunAt()), schedule);
        version.outcomes().forEach(entry -> count(outcomes, schedule, entry, from, to));
        interval = version.endedAt().isEmpty() ? shortest(schedule, to) : interval;
      }
    }
    store.readLedger( // one after the other: there may be a million
        Optional.of(action),
        from,
        to,
        entry -> {
          Schedule schedule = schedules.get(new Version(entry.key(), entry.begunAt()));
          if (schedule != null) {
            count(outcomes, schedule, entry, from, to);
          }
        });
    Map<String, Object> cadence = new LinkedHashMap<>();
    cadence.put("from", IsoTime.utc(from));
    cadence.put("to", IsoTime.utc(to));
    cadence.put("asked", asked);
    cadence.put("outcomes", outcomes);
    runs(cadence, action, from, to, interval);
    return cadence;
  }

  private static void count(
      Map<String, Object> outcomes,
      Schedule schedule,
      LedgerEntry entry,
      Instant from,
      Instant to) {
    long count = within(schedule, entry, from, to);
    if (count > 0) {
      outcomes.merge(entry.outcome().toString(), count, (a, b) -> (Long) a + (Long) b);
    }
  }

  private static long within(Schedule schedule, LedgerEntry entry, Instant from, Instant to) {
    boolean whole = !entry.stretch().first().isBefore(from) && entry.stretch().last().isBefore(to);
    if (whole) {
      return entry.stretch().count();
    }
    Instant first = Moments.later(entry.stretch().first(), from);
    Instant last = Moments.earlier(entry.stretch().last(), to.minusNanos(1));
    return last.isBefore(first) ? 0 : schedule.count(first.minusNanos(1), last);
  }

  private void runs(
      Map<String, Object> cadence,
      ActionId action,
      Instant from,
      Instant to,
      Optional<Duration> interval)
      throws StoreException {
    Filter filter =
        new Filter(
            Optional.of(action),
            EnumSet.of(Run.Status.SUCCESS, Run.Status.FAILED),
            Set.of(),
            Optional.of(from),
            Optional.of(to));
    List<Duration> durations = new ArrayList<>();
    List<Instant> starts = new ArrayList<>();
    for (Entry entry : store.historyWithoutOutput(filter, RUNS)) {
      entry
          .run()
          .startedAt()
          .ifPresent(
              start -> {
                starts.add(start);
                durations.add(Duration.between(start, entry.run().finishedAt()));
              });
    }
    durations.sort(null);
    starts.sort(null);
    Optional<Duration> median =
        durations.isEmpty() ? Optional.empty() : Optional.of(durations.get(durations.size() / 2));
    Duration gap = null;
    for (int i = 1; i < starts.size(); i++) {
      Duration next = Duration.between(starts.get(i - 1), starts.get(i));
      gap = gap == null || next.compareTo(gap) < 0 ? next : gap;
    }
    cadence.put("runs_looked_at", (long) starts.size());
    cadence.put("median_duration", median.map(Cadence::seconds).orElse(null));
    cadence.put("shortest_gap", gap == null ? null : seconds(gap));
    cadence.put("interval", interval.map(Cadence::seconds).orElse(null));
    cadence.put(
        "outlasts_interval",
        median.isPresent() && interval.isPresent() && median.get().compareTo(interval.get()) > 0);
  }

  /** The shortest time between the next few fires. */
  private static Optional<Duration> shortest(Schedule schedule, Instant from) {
    Optional<Duration> shortest = Optional.empty();
    Optional<Instant> at = schedule.next(from);
    for (int i = 0; i < 50 && at.isPresent(); i++) {
      Optional<Instant> next = schedule.next(at.get());
      if (next.isPresent()) {
        Duration gap = Duration.between(at.get(), next.get());
        shortest = shortest.filter(known -> known.compareTo(gap) <= 0).or(() -> Optional.of(gap));
      }
      at = next;
    }
    return shortest;
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
