package io.actionscheduler.engine.run;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.calendar.Calendars;
import io.actionscheduler.calendar.CalendarsInForce;
import io.actionscheduler.engine.clock.Timers;
import io.actionscheduler.engine.target.NamedCallback;
import io.actionscheduler.fire.CheckedTimes;
import io.actionscheduler.fire.Due;
import io.actionscheduler.fire.LateStarts;
import io.actionscheduler.fire.MissedFires;
import io.actionscheduler.fire.Moments;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.schedule.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be done with the fires of an action: the rule for missed fires, applied to those that
 * the calendars in force leave to it; and when nothing is delivered at all. Confined to the
 * engine's thread.
 */
public final class Decisions {
  private static final Logger LOG = LoggerFactory.getLogger(Decisions.class);

  /** Time zone data and settings may change meanwhile. */
  private static final Duration LONGEST_CLOSED = Duration.ofMinutes(1);

  private static final Duration LONGEST_OPEN = Duration.ofHours(1);

  private final MissedFires rule;
  private final CalendarsInForce calendars;
  private final Timers timers;
  private final LateStarts lateStarts;

  private Calendars asked = Calendars.NONE; // whose blackouts the three below are of
  private Instant since = Instant.MIN;
  private Instant until = Instant.MIN;
  private boolean closed;

  /** Fires that end alike. */
  record Part(Outcome outcome, Stretch fires) {}

  /**
   * @param lateStarts records when no fire may start at a callback
   */
  public Decisions(
      MissedFires rule, CalendarsInForce calendars, Timers timers, LateStarts lateStarts) {
    this.rule = requireNonNull(rule, "rule is null");
    this.calendars = requireNonNull(calendars, "calendars is null");
    this.timers = requireNonNull(timers, "timers is null");
    this.lateStarts = requireNonNull(lateStarts, "lateStarts is null");
  }

  /** As {@link MissedFires#mayStart}. */
  boolean mayStart(ActionProgress progress, boolean missed, int concurrency) {
    return rule.mayStart(
        progress.action().policy().overlap(),
        missed,
        progress.unsettled(),
        progress.unsettledMissed(),
        concurrency);
  }

  /** What is to be done with {@code progress} at {@code now}; excluded fires are settled before. */
  Due due(ActionProgress progress, Instant now) {
    Action action = progress.action();
    int missed = progress.unsettledMissed();
    if (!calendars.now().concern(action)) {
      return rule.due(action, progress.next(), missed, progress.backlog(), now);
    }
    Instant after = progress.startedUntil();
    Action kept = calendars.now().kept(action, after, now);
    Optional<Instant> next = CheckedTimes.next(kept.timing(), after);
    Due due = rule.due(kept, next, missed, progress.backlog(), now);
    return new Due(due.expired(), due.fire().map(fire -> fire.of(action)));
  }

  /** Whether fires of {@code action} may be excluded. */
  boolean concern(Action action) {
    return calendars.now().concern(action);
  }

  /**
   * {@code action} with the fires after {@code after} and up to {@code now} that are left to it.
   */
  Action kept(Action action, Instant after, Instant now) {
    return calendars.now().kept(action, after, now);
  }

  /** The fires that come next and are due, but excluded; empty for none. */
  Optional<Stretch> excludedNext(ActionProgress progress, Instant now) {
    Instant after = progress.startedUntil();
    if (!concern(progress.action()) || !after.isBefore(now)) {
      return Optional.empty();
    }
    Instant upTo =
        CheckedTimes.next(kept(progress.action(), after, now).timing(), after)
            .map(first -> first.minusNanos(1))
            .orElse(now);
    return CheckedTimes.stretch(progress.action().timing(), after, upTo);
  }

  /**
   * The fires after {@code after} and up to {@code upTo}, which end with {@code outcome}; those
   * that are excluded end as such.
   */
  List<Part> parts(Action action, Outcome outcome, Instant after, Instant upTo) {
    List<Part> parts = new ArrayList<>();
    Instant end = after;
    if (after.isBefore(upTo)) {
      for (Window window :
          calendars
              .now()
              .excluded(action.policy())
              .between(after.plusNanos(1), upTo.plusNanos(1))) {
        add(action.timing(), outcome, end, window.start().minusNanos(1), parts);
        end = window.end().minusNanos(1);
        add(action.timing(), Outcome.EXCLUDED, window.start().minusNanos(1), end, parts);
      }
    }
    add(action.timing(), outcome, end, upTo, parts);
    return parts;
  }

  private static void add(
      Timing timing, Outcome outcome, Instant after, Instant upTo, List<Part> parts) {
    CheckedTimes.stretch(timing, after, upTo)
        .ifPresent(fires -> parts.add(new Part(outcome, fires)));
  }

  /** What excludes the fire at {@code at}, in words. */
  String reason(Action action, Instant at) {
    return calendars.now().reason(action.policy(), at).orElse("it was excluded when it was due");
  }

  /**
   * Records whether that callback may be handed nothing at {@code now}: its target is unavailable,
   * or a blackout is in force. Called after each fire falls due.
   *
   * @return whether a blackout is in force
   */
  boolean recordHeldUp(NamedCallback<?> callback, Instant now) {
    boolean blackout = lookForBlackout(now);
    if (blackout || !callback.isAvailable()) {
      lateStarts.heldUp(callback.name(), now);
    }
    return blackout;
  }

  /** Whether nothing is delivered at {@code now}; a step of the engine follows when that ends. */
  private boolean lookForBlackout(Instant now) {
    Calendars known = calendars.now();
    if (!known.hasBlackouts() && !closed) {
      return false;
    }
    if (known != asked || now.isBefore(since) || !now.isBefore(until)) {
      ask(known, now);
    }
    return closed;
  }

  private void ask(Calendars known, Instant now) {
    List<Window> ahead = known.blackouts().between(now, now.plus(Duration.ofDays(2)));
    boolean before = closed;
    closed = !ahead.isEmpty() && ahead.get(0).start().equals(now);
    asked = known;
    since = now;
    if (closed) {
      until = Moments.earlier(ahead.get(0).end(), now.plus(LONGEST_CLOSED));
      timers.add(until, then -> {}); // the step itself hands out what waits
    } else {
      until = ahead.isEmpty() ? now.plus(LONGEST_OPEN) : ahead.get(0).start();
      until = Moments.earlier(until, now.plus(LONGEST_OPEN));
    }
    if (closed && !before) {
      LOG.info("a blackout has begun: nothing is delivered until {}", ahead.get(0).end());
    } else if (before && !closed) {
      LOG.info("the blackout is over: what waits is delivered");
    }
  }
}
