package io.actionscheduler.action;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.schedule.Timing;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/**
 * A command with the rule for when it fires. There may be ten million of them, so short texts share
 * one array, which also has the length of the name: both cost 40 bytes instead of 104.
 */
public final class Action {
  /** Longer texts are often the same in many rows, which then share them. */
  private static final int SHORT = 64;

  private final ActionId id;
  // Bytes: the length of the name, the name and then the command as Latin-1; or an array of both.
  private final Object texts;
  private final Timing timing;
  private final Policy policy;
  private final Map<String, Object> parameters;

  /**
   * @param name what people call it; not unique
   * @param command passed to the callback
   * @param parameters further values for the callback (JSON values: text, numbers, booleans, lists,
   *     maps); empty for none
   */
  public Action(
      ActionId id,
      String name,
      String command,
      Timing timing,
      Policy policy,
      Map<String, Object> parameters) {
    this.id = requireNonNull(id, "id is null");
    requireNonNull(name, "name is null");
    requireNonNull(command, "command is null");
    this.timing = requireNonNull(timing, "timing is null");
    this.policy = requireNonNull(policy, "policy is null");
    this.parameters = requireNonNull(parameters, "parameters is null");
    this.texts = packed(name, command);
  }

  private Action(Action other, Timing timing) {
    this.id = other.id;
    this.texts = other.texts;
    this.timing = requireNonNull(timing, "timing is null");
    this.policy = other.policy;
    this.parameters = other.parameters;
  }

  private static Object packed(String name, String command) {
    String[] both = {name, command};
    if (name.length() + command.length() > SHORT || !isLatin(name) || !isLatin(command)) {
      return both;
    }
    return ((char) name.length() + name + command).getBytes(StandardCharsets.ISO_8859_1);
  }

  private static boolean isLatin(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0xff) {
        return false;
      }
    }
    return true;
  }

  public ActionId id() {
    return id;
  }

  /** What people call it; not unique. */
  public String name() {
    return texts instanceof byte[] packed
        ? new String(packed, 1, packed[0], StandardCharsets.ISO_8859_1)
        : ((String[]) texts)[0];
  }

  /** What is passed to the callback. */
  public String command() {
    if (texts instanceof byte[] packed) {
      int from = 1 + packed[0];
      return new String(packed, from, packed.length - from, StandardCharsets.ISO_8859_1);
    }
    return ((String[]) texts)[1];
  }

  public Timing timing() {
    return timing;
  }

  public Policy policy() {
    return policy;
  }

  /** Further values for the callback; empty for none. */
  public Map<String, Object> parameters() {
    return parameters;
  }

  /** The same action with another timing. */
  public Action with(Timing timing) {
    return new Action(this, timing);
  }

  /** Its name in messages: {@code action 7 "nightly report"}. */
  public String label() {
    return "action " + id + " \"" + name() + "\"";
  }

  @Override
  public boolean equals(Object other) {
    return other == this
        || other instanceof Action that
            && id.equals(that.id)
            && Objects.deepEquals(texts, that.texts)
            && timing.equals(that.timing)
            && policy.equals(that.policy)
            && parameters.equals(that.parameters);
  }

  @Override
  public int hashCode() {
    return 31 * id.hashCode() + timing.hashCode();
  }

  @Override
  public String toString() {
    return label();
  }
}
