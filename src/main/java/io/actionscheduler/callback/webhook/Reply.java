package io.actionscheduler.callback.webhook;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The answer of a server. Its status alone decides on the fire, so it counts as soon as it has been
 * read.
 *
 * @param headers the first value of each, by name in any letter case; without those that could not
 *     be read
 * @param text the beginning of the body, as much as was received and is kept
 */
record Reply(URI address, int status, Map<String, String> headers, String text) {
  Reply {
    Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach(sorted::putIfAbsent);
    headers = sorted;
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
