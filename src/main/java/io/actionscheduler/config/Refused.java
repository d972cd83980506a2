package io.actionscheduler.config;

/** A value that a setting does not accept; the message says fault and remedy, not the value. */
final class Refused extends Exception {
  /**
   * @param fault follows the value: {@code is not a whole number}
   * @param allowed what is allowed
   */
  Refused(String fault, String allowed) {
    super(fault + (fault.endsWith("?") ? " " : "; ") + "allowed: " + allowed);
  }
}
