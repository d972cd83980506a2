package io.actionscheduler.source.rest;

/** A service that did not answer, or gave an unexpected answer; the message says which. */
final class ServiceFault extends Exception {
  private final boolean misconfigured;

  private ServiceFault(String message, Throwable cause, boolean misconfigured) {
    super(message, cause);
    this.misconfigured = misconfigured;
  }

  /** Waiting may help. */
  static ServiceFault unavailable(String message) {
    return new ServiceFault(message, null, false);
  }

  /** Waiting may help. */
  static ServiceFault unavailable(String message, Throwable cause) {
    return new ServiceFault(message, cause, false);
  }

  /** Only a person can repair it. */
  static ServiceFault misconfigured(String message) {
    return new ServiceFault(message, null, true);
  }

  boolean isMisconfigured() {
    return misconfigured;
  }
}
