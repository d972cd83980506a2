package io.actionscheduler.action;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.schedule.Timing;
import java.util.Map;

/**
 * A command with the rule for when it fires.
 *
 * @param name what people call it; not unique
 * @param command passed to the callback
 * @param parameters further values for the callback (JSON values: text, numbers, booleans, lists,
 *     maps); empty for none
 */
public record Action(
    ActionId id,
    String name,
    String command,
    Timing timing,
    Policy policy,
    Map<String, Object> parameters) {
  public Action {
    requireNonNull(id, "id is null");
    requireNonNull(name, "name is null");
    requireNonNull(command, "command is null");
    requireNonNull(timing, "timing is null");
    requireNonNull(policy, "policy is null");
    requireNonNull(parameters, "parameters is null");
  }

  /** The same action with another timing. */
  public Action with(Timing timing) {
    return new Action(id, name, command, timing, policy, parameters);
  }

  /** Its name in messages: {@code action 7 "nightly report"}. */
  public String label() {
    return "action " + id + " \"" + name + "\"";
  }
}
