package io.actionscheduler.action;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * How an action's fires are treated, with every default filled in. Few distinct values are shared
 * by many actions.
 *
 * @param callbacks names of the callbacks each fire goes to; never empty
 * @param retry the action's own retry; empty: the callback's
 * @param calendars those that it follows; empty for none, as of most
 */
public record Policy(
    boolean enabled,
    MissedPolicy missed,
    Overlap overlap,
    List<String> callbacks,
    Optional<RetryPolicy> retry,
    List<CalendarUse> calendars) {
  /**
   * @throws IllegalArgumentException when there is no callback
   */
  public Policy {
    requireNonNull(missed, "missed is null");
    requireNonNull(overlap, "overlap is null");
    requireNonNull(retry, "retry is null");
    callbacks = List.copyOf(callbacks);
    calendars = List.copyOf(calendars);
    if (callbacks.isEmpty()) {
      throw new IllegalArgumentException("callbacks is empty");
    }
  }

  /** One that follows no calendar. */
  public Policy(
      boolean enabled,
      MissedPolicy missed,
      Overlap overlap,
      List<String> callbacks,
      Optional<RetryPolicy> retry) {
    this(enabled, missed, overlap, callbacks, retry, List.of());
  }

  /** Takes every component of a policy. */
  @FunctionalInterface
  public interface Components<T> {
    T of(
        boolean enabled,
        MissedPolicy missed,
        Overlap overlap,
        List<String> callbacks,
        Optional<RetryPolicy> retry,
        List<CalendarUse> calendars);
  }

  /**
   * What {@code form} makes of all components. Code that writes policies uses this, so that it does
   * not compile when a new component is left out.
   */
  public <T> T as(Components<T> form) {
    return form.of(enabled, missed, overlap, callbacks, retry, calendars);
  }
}
