package io.actionscheduler.api;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.app.view.StoredFailures;
import io.actionscheduler.fire.LateStarts;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Run.Status;
import io.actionscheduler.fire.RunListener;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts of the outcomes of fires during the last hour, minute by minute, in memory. Thread-safe.
 */
final class Statistics implements RunListener {
  private static final Logger LOG = LoggerFactory.getLogger(Statistics.class);
  private static final int MINUTES = 60;
  private static final int FAILURES = 50;
  private static final int LATE_MINUTES = 5;

  private final LateStarts starts;
  private final Deque<Minute> minutes = new ArrayDeque<>();
  private final Map<Object, Run> failing = new LinkedHashMap<>(); // by action; the latest last
  private final Map<Status, Long> totals = new EnumMap<>(Status.class);

  /** The runs that ended in one minute. */
  private static final class Minute {
    private final long number;
    private final Map<Status, Long> fires = new EnumMap<>(Status.class);
    private final LatenessCounts lateness = new LatenessCounts();
    private long late;
    private double worst; // of these, in seconds

    Minute(long number) {
      this.number = number;
    }
  }

  /**
   * @param starts which fires start late
   */
  Statistics(LateStarts starts) {
    this.starts = requireNonNull(starts, "starts is null");
  }

  @Override
  public synchronized void ended(Run run) {
    Minute minute = minute(run);
    count(run, minute);
    started(run, minute);
    remember(run);
  }

  @Override
  public synchronized void failed(Run run) {
    started(run, minute(run));
    remember(run);
  }

  /** Its action may have delivered since it failed. */
  @Override
  public synchronized void handedOver(Run run) {
    count(run, minute(run));
  }

  private void count(Run run, Minute minute) {
    minute.fires.merge(run.status(), run.fires().count(), Long::sum);
    totals.merge(run.status(), run.fires().count(), Long::sum);
  }

  private Minute minute(Run run) {
    long number = Math.floorDiv(run.finishedAt().getEpochSecond(), 60);
    while (minutes.size() > MINUTES) {
      minutes.removeFirst();
    }
    if (minutes.isEmpty() || minutes.getLast().number < number) {
      minutes.addLast(new Minute(number));
    }
    return minutes.getLast(); // a run that arrives late counts in the minute of its arrival
  }

  private void started(Run run, Minute minute) {
    starts.of(run).ifPresent(minute.lateness::add);
    starts
        .late(run)
        .ifPresent(
            by -> {
              minute.late++;
              minute.worst = Math.max(minute.worst, by.toMillis() / 1e3);
            });
  }

  /**
   * Remembers the actions whose latest fire failed before this process began, as far as {@code
   * store} can be read.
   */
  void recall(Store store) {
    try {
      StoredFailures.of(store, FAILURES).forEach(this::recall);
    } catch (StoreException e) {
      LOG.warn("actions that failed before the start are not shown as failing: {}", e.getMessage());
    }
  }

  private synchronized void recall(Run failed) {
    remember(failed);
  }

  private void remember(Run run) {
    if (run.status() == Status.FAILED) {
      failing.remove(run.key().action());
      failing.put(run.key().action(), run.withoutOutput());
      if (failing.size() > FAILURES) {
        failing.remove(failing.keySet().iterator().next());
      }
    } else if (run.status() == Status.SUCCESS) {
      failing.remove(run.key().action());
    }
  }

  /** Actions whose last run failed, latest first; only the latest, where there are many. */
  synchronized List<Run> failing() {
    List<Run> latest = new ArrayList<>(failing.values());
    Collections.reverse(latest);
    return latest;
  }

  /**
   * How many fires started more than a second late in the last minutes: they were due while this
   * process ran, and could not start.
   *
   * @param fires all at their first attempt
   * @param worst how late the worst of them was, in seconds
   */
  record Late(long late, long fires, double worst) {}

  /** The late ones of the last five minutes; empty where there were none. */
  synchronized Optional<Late> late(Instant now) {
    long since = Math.floorDiv(now.getEpochSecond(), 60) - LATE_MINUTES;
    long late = 0;
    long fires = 0;
    double worst = 0;
    for (Minute minute : minutes) {
      if (minute.number > since && minute.lateness.total() > 0) {
        late += minute.late;
        fires += minute.lateness.total();
        worst = Math.max(worst, minute.worst);
      }
    }
    return late == 0 ? Optional.empty() : Optional.of(new Late(late, fires, worst));
  }

  /** Fires since the start, by status. */
  synchronized Map<String, Object> totals() {
    return named(totals);
  }

  /** The last hour up to {@code now}, a member for each minute, those without a fire too. */
  synchronized List<Map<String, Object>> minutes(Instant now) {
    long last = Math.floorDiv(now.getEpochSecond(), 60);
    Map<Long, Minute> known = new LinkedHashMap<>();
    minutes.forEach(minute -> known.put(minute.number, minute));
    List<Map<String, Object>> shown = new ArrayList<>();
    for (long number = last - MINUTES + 1; number <= last; number++) {
      Minute minute = known.getOrDefault(number, new Minute(number));
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("at", JobView.utc(Instant.ofEpochSecond(number * 60)));
      one.put("fires", named(minute.fires));
      one.put("lateness_p50", minute.lateness.quantile(0.5));
      one.put("lateness_p99", minute.lateness.quantile(0.99));
      shown.add(one);
    }
    return shown;
  }

  private static Map<String, Object> named(Map<Status, Long> counts) {
    Map<String, Object> named = new LinkedHashMap<>();
    counts.forEach((status, count) -> named.put(status.toString(), count));
    return named;
  }
}
