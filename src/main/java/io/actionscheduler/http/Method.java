package io.actionscheduler.http;

import java.util.Locale;

/** What is done to a resource. */
public enum Method {
  GET,
  POST,
  PUT,
  PATCH,
  DELETE;

  /** As OpenAPI writes it. */
  String lower() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it changes something. */
  boolean isWrite() {
    return this != GET;
  }
}
