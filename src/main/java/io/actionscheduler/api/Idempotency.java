package io.actionscheduler.api;

import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.fire.KeptAnswer;
import io.actionscheduler.http.Answer;
import io.actionscheduler.http.Call;
import io.actionscheduler.http.Handler;
import io.actionscheduler.http.Problem;
import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A request with the header {@code Idempotency-Key} is carried out once: when it comes again within
 * a day, because its answer was lost, the same answer is given and nothing is done.
 */
final class Idempotency {
  private static final Duration KEPT = Duration.ofHours(24);

  private final Running running;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  Idempotency(Running running) {
    this.running = running;
  }

  /** {@code handler}, carried out once for each key of a client. */
  Handler once(Handler handler) {
    return call -> {
      Optional<String> key = call.header("idempotency-key").map(String::strip);
      if (key.isEmpty()) {
        return handler.answer(call);
      }
      if (!key.get().matches("[\\x21-\\x7e]{1,255}")) {
        throw Problem.of(400, "Idempotency-Key: allowed are 1 to 255 printable characters");
      }
      return once(handler, call, key.get());
    };
  }

  private Answer once(Handler handler, Call call, String key) throws Problem, InterruptedException {
    String place = call.client().name() + " " + key;
    if (!underWay.add(place)) {
      throw Problem.of(409, "a request with this Idempotency-Key is under way")
          .header("Retry-After", "1");
    }
    try {
      String fingerprint = fingerprint(call);
      Instant now = running.parts().clock().instant();
      Optional<KeptAnswer> kept =
          Jobs.store(() -> running.store().answer(call.client().name(), key, now.minus(KEPT)));
      if (kept.isPresent()) {
        return again(kept.get(), fingerprint);
      }
      Answer answer = handler.answer(call);
      String written = written(answer);
      Jobs.store(
          () -> {
            running
                .store()
                .keepAnswer(
                    new KeptAnswer(call.client().name(), key, fingerprint, now, written),
                    now.minus(KEPT));
            return written;
          });
      return answer;
    } finally {
      underWay.remove(place);
    }
  }

  private static String fingerprint(Call call) {
    Map<String, Object> asked = new LinkedHashMap<>();
    asked.put("route", call.route().toString());
    asked.put("path", call.pathValues());
    asked.put("query", call.query());
    asked.put("body", call.body());
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(Json.canonical(asked).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  private static String written(Answer answer) {
    Map<String, Object> written = new LinkedHashMap<>();
    written.put("status", (long) answer.status());
    written.put("headers", answer.headers());
    written.put("body", answer.body() instanceof Answer.Json json ? json.value() : null);
    return Json.write(written);
  }

  private static Answer again(KeptAnswer kept, String fingerprint) throws Problem {
    if (!kept.fingerprint().equals(fingerprint)) {
      throw Problem.of(
          422, "Idempotency-Key: another request came with this key before; take a new one");
    }
    try {
      Map<?, ?> written = (Map<?, ?>) Json.parse(kept.answer());
      Answer answer =
          Answer.json(((Long) written.get("status")).intValue(), written.get("body"))
              .with("Idempotent-Replayed", "true");
      for (Map.Entry<?, ?> header : ((Map<?, ?>) written.get("headers")).entrySet()) {
        answer = answer.with(header.getKey().toString(), header.getValue().toString());
      }
      return answer;
    } catch (InvalidJson e) {
      throw new IllegalStateException("a kept answer is not as this program writes it", e);
    }
  }
}
