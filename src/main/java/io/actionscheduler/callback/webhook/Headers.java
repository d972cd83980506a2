package io.actionscheduler.callback.webhook;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.template.Field;
import io.actionscheduler.template.Passport;
import io.actionscheduler.template.Template;
import io.actionscheduler.text.HeaderText;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The headers of requests: data of the fire, the user's own headers, the signature. */
final class Headers {
  private final Map<String, Template> own;
  private final Optional<Signature> signature;

  /**
   * @param own by name in any letter case; they replace those that are always sent
   */
  Headers(Map<String, Template> own, Optional<Signature> signature) {
    this.own = requireNonNull(own, "own is null");
    this.signature = requireNonNull(signature, "signature is null");
  }

  /** All of them, by name in any letter case. */
  Map<String, String> of(Passport passport, String contentType, byte[] body) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    String id = HeaderText.of(passport.fire().id().toString());
    headers.put("User-Agent", "action-scheduler");
    headers.put("Idempotency-Key", id);
    if (!contentType.isEmpty()) {
      headers.put("Content-Type", contentType);
    }
    for (Field field : Field.values()) {
      if (field
          != Field.COMMAND) { // it may have a megabyte; it is in the body if the user wants it
        field
            .of(passport)
            .ifPresent(value -> headers.put(field.header(), HeaderText.of(value.toString())));
      }
    }
    own.forEach((name, value) -> headers.put(name, HeaderText.of(value.render(passport))));
    signature.ifPresent(
        with -> {
          long timestamp = passport.deliveredAt().getEpochSecond();
          headers.put("webhook-id", id);
          headers.put("webhook-timestamp", Long.toString(timestamp));
          headers.put("webhook-signature", with.sign(id, timestamp, body));
        });
    return headers;
  }
}
