package io.actionscheduler.move.out;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.schedule.Timing;
import java.util.Optional;

/**
 * An action that is exported to another program.
 *
 * @param label its name there, in the form that its files and objects have, and no other action's
 * @param input what the command reads; empty for nothing
 * @param policy rules that the other program may have as well
 */
public record Leaving(
    String label,
    String name,
    String command,
    Optional<String> input,
    Timing timing,
    Policy policy) {
  /**
   * @param overlap {@code queue}, {@code skip} or {@code allow}
   * @param actualitySeconds empty: never too old
   */
  public record Policy(
      boolean enabled, String overlap, boolean mergesMissed, Optional<Long> actualitySeconds) {
    public Policy {
      requireNonNull(overlap, "overlap is null");
      requireNonNull(actualitySeconds, "actualitySeconds is null");
    }
  }

  public Leaving {
    requireNonNull(label, "label is null");
    requireNonNull(name, "name is null");
    requireNonNull(command, "command is null");
    requireNonNull(input, "input is null");
    requireNonNull(timing, "timing is null");
    requireNonNull(policy, "policy is null");
  }
}
