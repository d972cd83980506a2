package io.actionscheduler.source.rest;

import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import io.actionscheduler.text.Quoted;
import java.net.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * The answer of a service.
 *
 * @param from the address of the request
 */
record Answer(Address from, int status, HttpHeaders headers, byte[] body) {
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> PASSING = Set.of(401, 403, 408, 425, 429);
  private static final int SHOWN = 200;

  boolean isRedirect() {
    return REDIRECTS.contains(status) && header("location").isPresent();
  }

  boolean isSuccess() {
    return status / 100 == 2;
  }

  /** Whether the same request may succeed later. */
  boolean mayPass() {
    return status >= 500 || PASSING.contains(status);
  }

  Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /** The JSON value that it holds. */
  Object json() throws ServiceFault {
    String encoding = header("content-encoding").orElse("identity").strip();
    if (!encoding.isEmpty() && !encoding.equalsIgnoreCase("identity")) {
      throw ServiceFault.unavailable(
          "answered compressed (Content-Encoding: "
              + encoding
              + "), though nobody asked for it; have the service, or what stands before it, send"
              + " the list as it is");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
      return Json.parse(text.startsWith("\ufeff") ? text.substring(1) : text);
    } catch (CharacterCodingException e) {
      throw ServiceFault.unavailable("answered bytes that are not text in UTF-8", e);
    } catch (InvalidJson e) {
      throw ServiceFault.unavailable("answered something that is not JSON: " + e.getMessage(), e);
    }
  }

  /** For messages: {@code answered 503: "down for an hour"}. */
  String shown() {
    String text = new String(body, 0, Math.min(body.length, SHOWN), StandardCharsets.UTF_8).strip();
    return "answered " + status + (text.isEmpty() ? "" : ": " + Quoted.quote(text));
  }
}
