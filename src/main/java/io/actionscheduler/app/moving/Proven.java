package io.actionscheduler.app.moving;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.move.LeftOut;
import io.actionscheduler.move.Move;
import io.actionscheduler.move.Moved;
import io.actionscheduler.move.Proof;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.text.CronReader;
import io.actionscheduler.text.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Actions that were found in another program, each with the proof of its fire times. An action
 * whose schedule cannot be read here is among those that are left out.
 *
 * @param actions in the order of {@code move}
 * @param end up to when the fire times are compared, unless there are too many
 */
public record Proven(Move move, List<Action> actions, Instant end) {
  private static final Duration TWO_YEARS = Duration.ofDays(731);

  /** An action and its fire times, here and there, by {@code zone}. */
  public record Action(Moved moved, ZoneId zone, Proof proof) {
    public Action {
      requireNonNull(moved, "moved is null");
      requireNonNull(zone, "zone is null");
      requireNonNull(proof, "proof is null");
    }
  }

  public Proven {
    requireNonNull(move, "move is null");
    requireNonNull(end, "end is null");
    actions = List.copyOf(actions);
  }

  /**
   * Proves all of {@code move} over the two years from {@code now}.
   *
   * @param crons reads schedules as the scheduler does
   * @param zone of schedules that name none
   * @param step runs after each
   */
  public static Proven of(Move move, CronReader crons, ZoneId zone, Instant now, Runnable step) {
    List<Action> actions = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>(move.leftOut());
    for (Moved moved : move.actions()) {
      try {
        Timing timing = timing(moved, crons, zone);
        Proof proof =
            Proof.of(timing.schedule(), moved.elsewhere(), timing.zone(), now, now.plus(TWO_YEARS));
        actions.add(new Action(moved, timing.zone(), proof));
      } catch (InvalidSchedule e) { // a form that only the other program knows
        leftOut.add(new LeftOut(moved.place(), written(moved), e.getMessage(), true));
      }
      step.run();
    }
    List<Moved> moved = actions.stream().map(Action::moved).toList();
    return new Proven(new Move(moved, leftOut, move.callbacks()), actions, now.plus(TWO_YEARS));
  }

  /** The same, without word of how far it is. */
  public static Proven of(Move move, CronReader crons, ZoneId zone, Instant now) {
    return of(move, crons, zone, now, () -> {});
  }

  private static Timing timing(Moved moved, CronReader crons, ZoneId otherwise)
      throws InvalidSchedule {
    ZoneId zone =
        Optional.ofNullable(moved.row().get("timezone"))
            .map(name -> ZoneId.of(name.toString()))
            .orElse(otherwise);
    return crons.read(written(moved), zone);
  }

  private static String written(Moved moved) {
    return moved.cron() instanceof String text ? text : Json.write(moved.cron());
  }
}
