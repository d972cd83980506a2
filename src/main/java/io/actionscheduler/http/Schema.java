package io.actionscheduler.http;

import java.util.Map;

/**
 * What a JSON value may be. It checks what comes in, and says itself as JSON Schema (2020-12) in
 * the API's description: both cannot disagree.
 */
public interface Schema {

  /** As JSON Schema. */
  Map<String, Object> json();

  /**
   * Tells everything that is wrong with {@code value}.
   *
   * @param at where it stands, as a JSON pointer
   */
  void check(Object value, String at, Faults faults);
}
