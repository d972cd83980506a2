package io.actionscheduler.callback.webhook;

import java.net.URI;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request to be sent.
 *
 * @param headers by name in any letter case
 * @param body empty for none
 */
record Outgoing(String method, URI address, Map<String, String> headers, byte[] body) {
  Outgoing {
    Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.putAll(headers);
    headers = Collections.unmodifiableMap(sorted);
  }

  /** The same request to another address. */
  Outgoing to(URI other) {
    return new Outgoing(method, other, headers, body);
  }
}
