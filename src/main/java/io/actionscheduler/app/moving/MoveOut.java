package io.actionscheduler.app.moving;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.move.Difference;
import io.actionscheduler.move.Proof;
import io.actionscheduler.move.out.Leaving;
import io.actionscheduler.move.out.Names;
import io.actionscheduler.move.out.NotSaid;
import io.actionscheduler.move.out.Said;
import io.actionscheduler.move.out.Target;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Writes actions for another program, if it would fire them at the same times. */
public final class MoveOut {
  private static final Duration TWO_YEARS = Duration.ofDays(731);

  /** The parameter that an import of a crontab makes of the text behind {@code %}. */
  private static final String INPUT = "stdin";

  private final Target target;
  private final ZoneId machine;
  private final Instant now;
  private final Names names;

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
    this.names = new Names(target);
  }

  /** Writes {@code action} for the target, and proves its times over the two years from now. */
  public Outcome of(Action action) {
    Leaving leaving =
        leaving(action); // also of what stays: names do not depend on the others' fate
    if (!action.policy().calendars().isEmpty()) {
      String calendars =
          action.policy().calendars().stream()
              .map(String::valueOf)
              .collect(Collectors.joining(", "));
      return new Outcome.Kept("its calendar " + calendars + " cannot be expressed there");
    }
    try {
      Said said = target.say(leaving, machine, now);
      Proof proof =
          Proof.of(
              action.timing().schedule(),
              said.there(),
              action.timing().zone(),
              now,
              now.plus(TWO_YEARS));
      for (Difference difference : proof.differences()) {
        if (difference.kind() != Difference.Kind.CLOCK_CHANGE) {
          return new Outcome.Kept(otherTimes(action, difference));
        }
      }
      List<String> notes = new ArrayList<>(said.notes());
      notes.addAll(notes(action, leaving));
      return new Outcome.Written(said.text(), notes, proof.differences());
    } catch (NotSaid e) {
      return new Outcome.Kept(e.getMessage());
    }
  }

  private static String otherTimes(Action action, Difference difference) {
    boolean begins = action.timing().text().contains("\"start_date\":");
    return "would run at other times there"
        + (begins ? ", where its start_date cannot be expressed: " : ": ")
        + difference.count()
        + " differ in two years, first at "
        + difference.examples().get(0).at();
  }

  /** What no other program has. */
  private static List<String> notes(Action action, Leaving leaving) {
    List<String> notes = new ArrayList<>();
    Set<String> parameters = new TreeSet<>(action.parameters().keySet());
    if (leaving.input().isPresent()) {
      parameters.remove(INPUT);
    }
    if (!parameters.isEmpty()) {
      notes.add("its parameters are not exported: " + String.join(", ", parameters));
    }
    if (action.policy().retry().isPresent()) {
      notes.add("its retries are not exported");
    }
    if (action.policy().callbacks().size() > 1) {
      notes.add("its command runs once there, not by each of its callbacks");
    }
    return notes;
  }

  private Leaving leaving(Action action) {
    String name = action.name().isBlank() ? "action " + action.id() : action.name();
    Optional<String> input =
        target == Target.CRONTAB && action.parameters().get(INPUT) instanceof String text
            ? Optional.of(text)
            : Optional.empty();
    return new Leaving(
        names.label(name),
        name,
        action.command(),
        input,
        action.timing(),
        new Leaving.Policy(
            action.policy().enabled(),
            action.policy().overlap().toString().toLowerCase(Locale.ROOT),
            action.policy().missed().merge(),
            action.policy().missed().actuality().map(Duration::toSeconds)));
  }
}
