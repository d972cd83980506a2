package io.actionscheduler.calendar;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.CalendarUse;
import io.actionscheduler.action.Policy;
import io.actionscheduler.schedule.KeptTimes;
import io.actionscheduler.schedule.Windows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Every named calendar and every blackout, as they are at one time. Safe for many threads. */
public final class Calendars {
  /** None at all. */
  public static final Calendars NONE = new Calendars(Map.of(), List.of());

  private final Map<String, Windows> byName;
  private final Windows skipped;
  private final Windows closed;
  private final boolean skips;
  private final boolean closes;
  private final Map<List<CalendarUse>, Windows> excluded = new ConcurrentHashMap<>();

  /**
   * @param byName the times of each calendar
   */
  public Calendars(Map<String, Windows> byName, List<Blackout> blackouts) {
    this.byName = Map.copyOf(byName);
    List<Blackout> skipping =
        blackouts.stream().filter(one -> one.mode() == Blackout.Mode.SKIP).toList();
    this.skips = !skipping.isEmpty();
    this.closes = !blackouts.isEmpty();
    this.skipped = Windows.union(skipping.stream().map(Blackout::windows).toList());
    this.closed = Windows.union(blackouts.stream().map(Blackout::windows).toList());
  }

  /** Whether there is any time at which nothing is delivered. */
  public boolean hasBlackouts() {
    return closes;
  }

  /** When nothing is delivered. */
  public Windows blackouts() {
    return closed;
  }

  /** Whether fires of {@code action} may be left out. */
  public boolean concern(Action action) {
    return skips || !action.policy().calendars().isEmpty();
  }

  /** When fires of such actions are left out. A calendar that is unknown leaves out nothing. */
  public Windows excluded(Policy policy) {
    return excluded.computeIfAbsent(policy.calendars(), this::union);
  }

  private Windows union(List<CalendarUse> uses) {
    List<Windows> all = new ArrayList<>();
    if (skips) {
      all.add(skipped);
    }
    for (CalendarUse use : uses) {
      Windows times = byName.get(use.calendar());
      if (times != null) {
        all.add(use.only() ? times.complement() : times);
      }
    }
    return Windows.union(all);
  }

  /** What leaves out a fire at {@code at}, in words; empty when nothing does. */
  public Optional<String> reason(Policy policy, Instant at) {
    for (CalendarUse use : policy.calendars()) {
      Windows times = byName.get(use.calendar());
      if (times != null && times.contain(at) != use.only()) {
        return Optional.of(
            use.only()
                ? "it is outside of the calendar " + use.calendar()
                : "the calendar " + use.calendar() + " excludes it");
      }
    }
    return skips && skipped.contain(at) ? Optional.of("a blackout skips it") : Optional.empty();
  }

  /**
   * {@code action} with the fires that are left to it, as far as {@link KeptTimes} looks; the same
   * where nothing is left out.
   */
  public Action kept(Action action, Instant from, Instant until) {
    return concern(action)
        ? action.with(
            action
                .timing()
                .with(
                    new KeptTimes(
                        action.timing().whole().schedule(),
                        excluded(action.policy()),
                        from,
                        until)))
        : action;
  }
}
