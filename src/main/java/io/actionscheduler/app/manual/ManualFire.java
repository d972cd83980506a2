package io.actionscheduler.app.manual;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.FireId;
import io.actionscheduler.fire.Run;
import io.actionscheduler.schedule.Schedule;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Fires an action because a person asks for it: now, once, or at the scheduled times of a past
 * period again; whether it is enabled or not.
 */
public final class ManualFire {
  private final Parts parts;
  private final Places places;
  private final ManualRecords records;

  /**
   * The result of a backfill.
   *
   * @param failed fires that were not delivered
   * @param stoppedAt the scheduled time at which a target was unavailable, which ended the
   *     backfill; empty when all times were tried
   */
  public record Backfilled(long delivered, long failed, Optional<Instant> stoppedAt) {
    public boolean isGood() {
      return failed == 0;
    }
  }

  /** For a command, which is a process of its own. */
  public ManualFire(Parts parts) {
    this(parts, Places.UNBOUNDED, run -> {});
  }

  /**
   * For a request to the running scheduler.
   *
   * @param told receives every run that ended
   */
  public ManualFire(Parts parts, Places places, Consumer<Run> told) {
    this.parts = requireNonNull(parts, "parts is null");
    this.places = requireNonNull(places, "places is null");
    this.records = new ManualRecords(parts, told);
  }

  /**
   * Fires {@code action} now at each of its callbacks.
   *
   * @throws InvalidSetting when a callback cannot be made of its settings; nothing was fired then
   * @throws InterruptedException when the calling thread is interrupted; the fire may have been
   *     delivered
   */
  public ManualDelivery.Result fire(Action action) throws InvalidSetting, InterruptedException {
    Instant now = parts.clock().instant().truncatedTo(ChronoUnit.MILLIS);
    return fire(action, new FireId(action.id(), now, ManualDelivery.newRequest()));
  }

  /**
   * As {@link #fire(Action)}, with an id that was announced already.
   *
   * @throws InvalidSetting when a callback cannot be made of its settings; nothing was fired then
   * @throws InterruptedException when the calling thread is interrupted; the fire may have been
   *     delivered
   */
  public ManualDelivery.Result fire(Action action, FireId id)
      throws InvalidSetting, InterruptedException {
    try (ManualDelivery hand = ManualDelivery.of(parts, action, id.request())) {
      ManualDelivery.Result result = hand.deliver(id.scheduledAt(), Cause.MANUAL, places);
      records.add(result);
      return result;
    } finally {
      records.flush();
    }
  }

  /**
   * How many scheduled times of {@code action} lie at or after {@code from} and before {@code to}.
   */
  public static long count(Action action, Instant from, Instant to) {
    return action.timing().schedule().count(before(from), before(to));
  }

  /**
   * Delivers these times again, in their order, one after the other; ends where a target cannot be
   * reached.
   *
   * @param each receives every fire
   * @throws InvalidSetting when a callback cannot be made of its settings; nothing was fired then
   * @throws InterruptedException when the calling thread is interrupted; the fire under way may
   *     have been delivered, later ones were not
   */
  public Backfilled backfill(
      Action action, Instant from, Instant to, Consumer<ManualDelivery.Result> each)
      throws InvalidSetting, InterruptedException {
    Schedule schedule = action.timing().schedule();
    long delivered = 0;
    long failed = 0;
    try (ManualDelivery hand = ManualDelivery.of(parts, action, ManualDelivery.newRequest())) {
      Optional<Instant> at = schedule.next(before(from));
      while (at.isPresent() && at.get().isBefore(to)) {
        ManualDelivery.Result result = hand.deliver(at.get(), Cause.BACKFILL, places);
        records.add(result);
        each.accept(result);
        if (result.isDelivered()) {
          delivered++;
        } else {
          failed++;
          if (isUnavailable(result)) {
            return new Backfilled(delivered, failed, at);
          }
        }
        at = schedule.next(at.get());
      }
      return new Backfilled(delivered, failed, Optional.empty());
    } finally {
      records.flush();
    }
  }

  /** Why some of it is not in the history; empty when all of it is, or there is none. */
  public Optional<String> unrecorded() {
    return records.problem();
  }

  private static boolean isUnavailable(ManualDelivery.Result result) {
    return result.answers().stream()
        .flatMap(answer -> answer.failure().stream())
        .anyMatch(failure -> failure.kind() == CallbackException.Kind.UNAVAILABLE);
  }

  private static Instant before(Instant at) {
    return at.minusNanos(1);
  }
}
