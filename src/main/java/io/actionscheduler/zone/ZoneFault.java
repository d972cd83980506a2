package io.actionscheduler.zone;

/** Time zone data that cannot be used; the message names the file, the fault and the remedy. */
public final class ZoneFault extends Exception {
  ZoneFault(String message) {
    super(message);
  }

  ZoneFault(String message, Throwable cause) {
    super(message, cause);
  }
}
