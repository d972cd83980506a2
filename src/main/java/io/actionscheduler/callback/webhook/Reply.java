package io.actionscheduler.callback.webhook;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a server answered. Its status decides over the fire, so that it counts as soon as it is
 * there.
 *
 * @param headers the first value of each, by name in any letter case; what could not be read of
 *     them is not there
 * @param text the body, as much of it as came and is kept
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
