package io.actionscheduler.callback.webhook;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.template.Field;
import io.actionscheduler.template.Passport;
import io.actionscheduler.template.Template;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The headers of requests: what is told of the fire, the user's own, the signature. */
final class Headers {
  private final Map<String, Template> own;
  private final Optional<Signature> signature;

  /**
   * @param own by name in any letter case; they win over those that are always there
   */
  Headers(Map<String, Template> own, Optional<Signature> signature) {
    this.own = requireNonNull(own, "own is null");
    this.signature = requireNonNull(signature, "signature is null");
  }

  void set(HttpRequest.Builder request, Passport passport, String contentType, byte[] body) {
    String id = ascii(passport.fire().id().toString());
    request.setHeader("User-Agent", "action-scheduler");
    request.setHeader("Idempotency-Key", id);
    if (!contentType.isEmpty()) {
      request.setHeader("Content-Type", contentType);
    }
    for (Field field : Field.values()) {
      if (field != Field.COMMAND) { // may be a megabyte; it is in the body, where the user wants it
        field
            .of(passport)
            .ifPresent(value -> request.setHeader(field.header(), ascii(value.toString())));
      }
    }
    own.forEach((name, value) -> request.setHeader(name, ascii(value.render(passport))));
    signature.ifPresent(
        with -> {
          long timestamp = passport.deliveredAt().getEpochSecond();
          request.setHeader("webhook-id", id);
          request.setHeader("webhook-timestamp", Long.toString(timestamp));
          request.setHeader("webhook-signature", with.sign(id, timestamp, body));
        });
  }

  /**
   * As a header can hold it: control characters as spaces, what is not ASCII as in a URL, in UTF-8
   * as %XX.
   */
  static String ascii(String value) {
    StringBuilder out = new StringBuilder(value.length());
    for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
      if (each >= ' ' && each < 0x7f) {
        out.append((char) each);
      } else if (each >= 0) {
        out.append(' ');
      } else {
        out.append('%').append(String.format("%02X", each));
      }
    }
    return out.toString().strip();
  }
}
