package io.actionscheduler.http;

import java.util.Map;

/**
 * The form that a JSON value must have. It checks requests, and writes itself as JSON Schema
 * (2020-12) for the API's description, so that both always agree.
 */
public interface Schema {

  /** As JSON Schema. */
  Map<String, Object> json();

  /**
   * Reports everything that is wrong with {@code value}.
   *
   * @param at its place, as a JSON pointer
   */
  void check(Object value, String at, Faults faults);
}
