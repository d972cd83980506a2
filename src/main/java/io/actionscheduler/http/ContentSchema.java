package io.actionscheduler.http;

import java.util.Map;

/** An answer that is no JSON: a page, metrics, a stream of events. */
public record ContentSchema(String type) implements Schema {
  @Override
  public Map<String, Object> json() {
    return Map.of("type", "string");
  }

  @Override
  public void check(Object value, String at, Faults faults) {
    // for answers alone
  }
}
