package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How late fires start that could have started on time. What was due in a downtime is missed, not
 * late: fires count from the first one on time, or a minute after the start. What fell due while
 * the target of its callback was unavailable, or in a blackout, had to wait, and does not count
 * either. Thread-safe.
 */
public final class LateStarts {
  private static final Duration START = Duration.ofMinutes(1);
  private static final Duration SET_BACK = Duration.ofMinutes(1);

  private final Map<String, Instant> heldUp = new ConcurrentHashMap<>(); // by callback: until when
  private Instant since; // what was due before was missed

  /**
   * @param began when this process began
   */
  public LateStarts(Instant began) {
    this.since = requireNonNull(began, "began is null").plus(START);
  }

  /**
   * No fire may start at this callback at {@code now}: its target is unavailable, or a blackout is
   * in force. Called whenever a fire falls due then.
   */
  public void heldUp(String callback, Instant now) {
    heldUp.put(callback, now);
  }

  /**
   * From the scheduled time of a fire to its first attempt; never negative. Empty for what was
   * missed in a downtime or held up, for later attempts, for fires by hand, and for fires that
   * never started.
   */
  public synchronized Optional<Duration> of(Run run) {
    if (run.attempts() != 1 || run.startedAt().isEmpty()) {
      return Optional.empty();
    }
    Instant due = run.fires().first();
    if (run.cause() == Cause.SCHEDULE && due.isBefore(since)) {
      since = due;
    }
    boolean counts =
        run.cause() == Cause.SCHEDULE || run.cause() == Cause.CATCH_UP && !due.isBefore(since);
    if (!counts || wasHeldUp(run)) {
      return Optional.empty();
    }
    Duration by = Duration.between(due, run.startedAt().get());
    return Optional.of(by.isNegative() ? Duration.ZERO : by); // the clock may have been set back
  }

  /**
   * A moment long after the end of the run is of a clock that was set back since, and says nothing.
   * Soon after it, the callback may be held up again before this run is looked at.
   */
  private boolean wasHeldUp(Run run) {
    Instant until = heldUp.getOrDefault(run.key().callback(), Instant.MIN);
    return !run.fires().first().isAfter(until) && until.isBefore(run.finishedAt().plus(SET_BACK));
  }

  /**
   * The lateness of a fire that started more than a second late because it had to wait; empty for
   * all others. A fire that starts on schedule is never late, however long its jitter.
   */
  public Optional<Duration> late(Run run) {
    return of(run)
        .filter(by -> run.cause() == Cause.CATCH_UP && by.compareTo(MissedFires.ON_TIME) > 0);
  }
}
