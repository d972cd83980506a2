package io.actionscheduler.http;

import java.util.Map;

/** The schema of an answer that is not JSON: a page, metrics, a stream of events. */
public record ContentSchema(String type) implements Schema {
  @Override
  public Map<String, Object> json() {
    return Map.of("type", "string");
  }

  @Override
  public void check(Object value, String at, Faults faults) {
    // only answers have it, and they are not checked
  }
}
