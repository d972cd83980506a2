package io.actionscheduler.app.moving;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.move.Difference;
import io.actionscheduler.move.Proof;
import io.actionscheduler.move.out.Leaving;
import io.actionscheduler.move.out.NotSaid;
import io.actionscheduler.move.out.Said;
import io.actionscheduler.move.out.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

/** Writes actions for another program, if it would fire them at the same times. */
public final class MoveOut {
  private static final Duration TWO_YEARS = Duration.ofDays(731);

  private final Target target;
  private final ZoneId machine;
  private final Instant now;

  /** The result for one action. */
  public sealed interface Outcome {
    /**
     * It was written.
     *
     * @param changes the differences when clocks change; empty where there are none
     */
    record Written(String text, List<String> notes, List<Difference> changes) implements Outcome {}

    /** It cannot be written exactly. */
    record Kept(String reason) implements Outcome {}
  }

  /**
   * @param machine the zone of the machine that they will run on
   */
  public MoveOut(Target target, ZoneId machine, Instant now) {
    this.target = requireNonNull(target, "target is null");
    this.machine = requireNonNull(machine, "machine is null");
    this.now = requireNonNull(now, "now is null");
  }

  /** Writes {@code action} for the target, and proves its times over the two years from now. */
  public Outcome of(Action action) {
    try {
      Said said = target.say(leaving(action), machine);
      Proof proof =
          Proof.of(
              action.timing().schedule(),
              said.there(),
              action.timing().zone(),
              now,
              now.plus(TWO_YEARS));
      for (Difference difference : proof.differences()) {
        if (difference.kind() != Difference.Kind.CLOCK_CHANGE) {
          return new Outcome.Kept(
              "would run at other times there: "
                  + difference.count()
                  + " differ in two years, first at "
                  + difference.examples().get(0).at());
        }
      }
      return new Outcome.Written(said.text(), said.notes(), proof.differences());
    } catch (NotSaid e) {
      return new Outcome.Kept(e.getMessage());
    }
  }

  private static Leaving leaving(Action action) {
    return new Leaving(
        action.label(),
        action.name().isEmpty() ? "action " + action.id() : action.name(),
        action.command(),
        action.timing(),
        new Leaving.Policy(
            action.policy().enabled(),
            action.policy().overlap().toString().toLowerCase(Locale.ROOT),
            action.policy().missed().merge(),
            action.policy().missed().actuality().map(Duration::toSeconds)));
  }
}
