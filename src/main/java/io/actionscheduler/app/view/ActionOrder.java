package io.actionscheduler.app.view;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.calendar.Calendars;
import io.actionscheduler.calendar.CalendarsInForce;
import io.actionscheduler.schedule.Timing;
import java.lang.ref.SoftReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The actions of a source in one order, with their next times. It remembers the order of the call
 * before: only what changed or fired since then is sorted in, so that a page of a hundred thousand
 * actions takes a few milliseconds. Thread-safe.
 */
public final class ActionOrder {
  private static final CalendarsInForce NO_CALENDARS = new CalendarsInForce(Calendars.NONE);

  private final Comparator<Entry> comparator;
  private SoftReference<Sorted> before =
      new SoftReference<>(null); // the garbage collector may drop it

  /**
   * An action.
   *
   * @param nextAt its next scheduled time, whether it is enabled or not
   */
  public record Entry(Action action, Optional<Instant> nextAt) {
    public Entry {
      requireNonNull(action, "action is null");
      requireNonNull(nextAt, "nextAt is null");
    }

    /** When it fires; empty where it is disabled, or has no time to come. */
    Optional<Instant> firesAt() {
      return action.policy().enabled() ? nextAt : Optional.empty();
    }

    private boolean isDue(Instant now) {
      return nextAt.isPresent() && !nextAt.get().isAfter(now);
    }
  }

  /**
   * The result of a call.
   *
   * @param actions as the source gave them
   * @param calendars that were in force
   * @param at when the next times were computed
   * @param dueAt the first of the next times; nothing changes before
   */
  private record Sorted(
      List<Action> actions, Calendars calendars, Instant at, List<Entry> entries, Instant dueAt) {

    /** Whether all of it holds at {@code now}, too. */
    private boolean isStill(List<Action> those, Instant now) {
      return actions == those && now.isBefore(dueAt);
    }
  }

  private ActionOrder(Comparator<Entry> comparator) {
    this.comparator = comparator;
  }

  /** By id. */
  public static ActionOrder byId() {
    return new ActionOrder(Comparator.comparing(entry -> entry.action().id()));
  }

  /** By name; those of one name by id. */
  public static ActionOrder byName() {
    return new ActionOrder(
        Comparator.comparing((Entry entry) -> entry.action().name())
            .thenComparing(entry -> entry.action().id()));
  }

  /** By the time of the next fire, then by id; those that do not fire come last. */
  public static ActionOrder byNext() {
    return new ActionOrder(
        Comparator.comparing((Entry entry) -> entry.firesAt().orElse(Instant.MAX))
            .thenComparing(entry -> entry.action().id()));
  }

  /**
   * All of {@code actions} in this order.
   *
   * @param actions of a source; the same list again as long as nothing changed
   */
  public List<Entry> of(List<Action> actions, Instant now) {
    return of(actions, NO_CALENDARS, now);
  }

  /** The same, with the next times that {@code calendars} leave. */
  public synchronized List<Entry> of(
      List<Action> actions, CalendarsInForce calendars, Instant now) {
    Calendars these = calendars.now();
    Sorted last = before.get();
    if (last == null || now.isBefore(last.at()) || last.calendars() != these) {
      last = new Sorted(List.of(), these, now, List.of(), now);
    }
    if (last.isStill(actions, now)) {
      return last.entries();
    }
    Set<Action> fresh = Collections.newSetFromMap(new IdentityHashMap<>());
    if (actions != last.actions()) {
      fresh.addAll(actions); // those that did not change are the same objects
    }
    List<Entry> entries = new ArrayList<>(actions.size());
    for (Entry entry : last.entries()) {
      boolean isThere = actions == last.actions() || fresh.remove(entry.action());
      if (isThere && entry.isDue(now)) {
        fresh.add(entry.action());
      } else if (isThere) {
        entries.add(entry);
      }
    }
    Map<Timing, Optional<Instant>> next = new HashMap<>(); // equal schedules have equal times
    for (Action action : fresh) {
      Timing timing = calendars.kept(action, now).timing();
      entries.add(
          new Entry(action, next.computeIfAbsent(timing, each -> each.schedule().next(now))));
    }
    if (!fresh.isEmpty()) {
      entries.sort(comparator); // those from before are in order: this merges the others in
    }
    List<Entry> shown = Collections.unmodifiableList(entries);
    before = new SoftReference<>(new Sorted(actions, these, now, shown, first(shown)));
    return shown;
  }

  private static Instant first(List<Entry> entries) {
    Instant first = Instant.MAX;
    for (Entry entry : entries) {
      if (entry.nextAt().isPresent() && entry.nextAt().get().isBefore(first)) {
        first = entry.nextAt().get();
      }
    }
    return first;
  }
}
