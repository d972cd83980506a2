package io.actionscheduler.calendar;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;

/** The calendars as they are now; they change with their files. Thread-safe. */
public final class CalendarsInForce {
  /** How far ahead views look for a fire: years. */
  private static final int AHEAD = 5;

  private volatile Calendars now;

  public CalendarsInForce(Calendars now) {
    this.now = requireNonNull(now, "now is null");
  }

  /** As they are now. */
  public Calendars now() {
    return now;
  }

  /** Has {@code calendars} hold from now on. */
  public void use(Calendars calendars) {
    now = requireNonNull(calendars, "calendars is null");
  }

  /** {@code action} without excluded fires, up to five years after {@code at}. */
  public Action kept(Action action, Instant at) {
    return now.kept(action, Instant.EPOCH, at.plus(366L * AHEAD, ChronoUnit.DAYS));
  }

  /** The same for all of {@code actions}, in their order. */
  public List<Action> kept(Collection<Action> actions, Instant at) {
    return actions.stream().map(action -> kept(action, at)).toList();
  }
}
