package io.actionscheduler.api;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.fire.Change;
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
 * Carries out a request with the header {@code Idempotency-Key} once: when it comes again within a
 * day, because its answer was lost, the same answer is given and nothing is done.
 *
 * <p>The request is stored before anything is done, and its answer afterwards. After a crash in
 * between, the record of changes shows what the request made. Without such a record, it is carried
 * out again only if it certainly did nothing, or if doing it twice has the same effect as doing it
 * once.
 */
final class Idempotency {
  private static final Duration KEPT = Duration.ofHours(24);
  private static final int LOOKED_AT = 10_000; // of the latest changes

  private final Running running;
  private final Made made;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  /** The answers about jobs that a request made. */
  interface Made {
    /** The answer to the request that made a job; empty where there is none any more. */
    Optional<Answer> answer(Call call, ActionId job) throws Problem;

    /** Whether there is a job of that name. */
    boolean isThere(String name) throws Problem;
  }

  Idempotency(Running running, Made made) {
    this.running = running;
    this.made = made;
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
        Optional<Answer> before = again(call, kept.get(), fingerprint);
        if (before.isPresent()) {
          return before.get();
        }
      }
      KeptAnswer begun =
          new KeptAnswer(call.client().name(), key, fingerprint, now, begun(call.requestId()));
      keep(begun);
      Answer answer = carriedOut(handler, call, begun);
      keep(new KeptAnswer(begun.client(), key, fingerprint, begun.answeredAt(), written(answer)));
      return answer;
    } finally {
      underWay.remove(place);
    }
  }

  /**
   * A refused request did nothing and may be sent again; one that failed may have done something.
   */
  private Answer carriedOut(Handler handler, Call call, KeptAnswer begun)
      throws Problem, InterruptedException {
    try {
      return handler.answer(call);
    } catch (Problem e) {
      if (e.status() < 500) {
        Jobs.store(
            () -> {
              running.store().dropAnswer(begun.client(), begun.key());
              return begun;
            });
      }
      throw e;
    }
  }

  private void keep(KeptAnswer answer) throws Problem {
    Jobs.store(
        () -> {
          running.store().keepAnswer(answer, answer.answeredAt().minus(KEPT));
          return answer;
        });
  }

  private static String begun(String requestId) {
    return Json.write(Map.of("begun", requestId));
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

  /** The answer to a request that comes again; empty where it is to be carried out. */
  private Optional<Answer> again(Call call, KeptAnswer kept, String fingerprint) throws Problem {
    if (!kept.fingerprint().equals(fingerprint)) {
      throw Problem.of(
          422, "Idempotency-Key: another request came with this key before; take a new one");
    }
    try {
      Map<?, ?> written = (Map<?, ?>) Json.parse(kept.answer());
      if (written.get("begun") != null) {
        return interrupted(call, kept, written.get("begun").toString());
      }
      Answer answer =
          Answer.json(((Long) written.get("status")).intValue(), written.get("body"))
              .with("Idempotent-Replayed", "true");
      for (Map.Entry<?, ?> header : ((Map<?, ?>) written.get("headers")).entrySet()) {
        answer = answer.with(header.getKey().toString(), header.getValue().toString());
      }
      return Optional.of(answer);
    } catch (InvalidJson e) {
      throw new IllegalStateException("a kept answer is not as this program writes it", e);
    }
  }

  /** The answer to a request whose answer was not stored, because the program ended before. */
  private Optional<Answer> interrupted(Call call, KeptAnswer kept, String requestId)
      throws Problem {
    String path = call.route().path();
    if (path.endsWith("/pause") || path.endsWith("/resume")) {
      return Optional.empty(); // doing it twice has the effect of doing it once
    }
    boolean creates = path.endsWith("/jobs");
    Optional<Change> change = creates ? created(kept, requestId) : Optional.empty();
    if (change.isPresent()) {
      Optional<Answer> answer = made.answer(call, change.get().action());
      if (answer.isPresent()) {
        return Optional.of(answer.get().with("Idempotent-Replayed", "true"));
      }
      throw Problem.of(
          409,
          "the request was carried out before: it made job "
              + change.get().action()
              + ", which has been deleted since");
    }
    if (creates && !made.isThere(String.valueOf(call.body().get("name")))) {
      return Optional.empty(); // it was not carried out
    }
    throw Problem.of(
        409,
        "the scheduler ended while it carried out the request with this Idempotency-Key; whether"
            + " it was done is not known: look at the jobs, and send it again with a new key if"
            + " it was not");
  }

  private Optional<Change> created(KeptAnswer kept, String requestId) throws Problem {
    return Jobs.store(
        () ->
            running.store().changes(Optional.empty(), Long.MAX_VALUE, LOOKED_AT).stream()
                .filter(change -> change.kind() == Change.Kind.CREATED)
                .filter(change -> change.request().equals(requestId))
                .filter(change -> change.editor().equals(kept.client()))
                .filter(change -> !change.at().isBefore(kept.answeredAt()))
                .findFirst());
  }
}
