package io.actionscheduler.config;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.schedule.OddCharacters;
import java.util.Optional;

/** A value that a setting does not accept; the message says fault and remedy, not the value. */
final class Refused extends Exception {
  private final String fault;
  private final String allowed;

  /**
   * @param fault follows the value: {@code is not a whole number}
   * @param allowed what is allowed
   */
  Refused(String fault, String allowed) {
    super(fault + (fault.endsWith("?") ? " " : "; ") + "allowed: " + allowed);
    this.fault = requireNonNull(fault, "fault is null");
    this.allowed = requireNonNull(allowed, "allowed is null");
  }

  /**
   * The message for {@code value}, which was refused. It names a character that nobody sees, also
   * where the value is secret and cannot be shown.
   */
  String of(String value) {
    Optional<String> odd =
        value.strip().contains(" ")
            ? OddCharacters.named(value.strip())
            : OddCharacters.namedInOneWord(value.strip());
    return odd.isEmpty() || fault.contains("character ")
        ? getMessage()
        : fault.replaceFirst("; did you mean .*", "") + ": " + odd.get() + "; allowed: " + allowed;
  }
}
