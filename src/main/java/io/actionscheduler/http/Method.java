package io.actionscheduler.http;

import java.util.Locale;

/** The HTTP methods that routes have. */
public enum Method {
  GET,
  POST,
  PUT,
  PATCH,
  DELETE;

  /** In the form of OpenAPI. */
  String lower() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it changes something. */
  boolean isWrite() {
    return this != GET;
  }
}
