package io.actionscheduler.http;

import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Checks a request in this order: host, route, key, right, parameters, body; then its handler
 * answers it. Does not depend on the server that reads requests.
 */
public final class Door {
  private static final Logger LOG = LoggerFactory.getLogger(Door.class);
  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s;\"]*)", Pattern.CASE_INSENSITIVE);

  /** The name under which log lines have the id of their request. */
  public static final String REQUEST = "request_id";

  private final Routes routes;
  private final Gate gate;

  /**
   * A request without its body.
   *
   * @param path as it came, still encoded
   * @param query as it came, still encoded; empty for none
   * @param headers by name in lower case
   */
  record Head(
      String requestId, String method, String path, String query, Map<String, String> headers) {}

  /** A request that is allowed, and is answered once its body has been read. */
  record Admitted(Route route, Call.Head head, Client client) {}

  public Door(HttpSettings settings, Routes routes, ApiKeys keys, Sessions sessions) {
    this.routes = routes;
    this.gate =
        new Gate(
            settings,
            keys,
            sessions,
            new RateLimit(settings.limits().requestsPerSecond(), System::nanoTime));
  }

  /** Checks a request without its body. */
  Admitted admit(Head head) throws Problem {
    gate.checkHost(head.headers().getOrDefault("host", ""));
    Routes.Match match = routes.find(head.method(), head.path());
    Route route = match.route();
    Client client = gate.enter(route, head.headers());
    if (route.method().isWrite()) {
      checkType(route, head.headers());
    }
    Map<String, Object> query = Parameters.read(route, head.query());
    return new Admitted(
        route, new Call.Head(head.requestId(), match.path(), query, head.headers()), client);
  }

  /** A form on a page of another site can be sent with other types, but not with this one. */
  private static void checkType(Route route, Map<String, String> headers) throws Problem {
    String type = headers.getOrDefault("content-type", "");
    String bare = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    boolean json = bare.equals("application/json") || bare.endsWith("+json");
    boolean hasBody =
        headers.containsKey("transfer-encoding")
            || !headers.getOrDefault("content-length", "0").equals("0");
    if (!json && (route.input().isPresent() || hasBody)) {
      throw Problem.of(415, "the body must be JSON; send Content-Type: application/json");
    }
    Matcher charset = CHARSET.matcher(type);
    if (charset.find() && !charset.group(1).equalsIgnoreCase("utf-8")) {
      throw Problem.of(415, "Content-Type: the charset of JSON is UTF-8; leave it out");
    }
    String coding = headers.getOrDefault("content-encoding", "identity").strip();
    if (!coding.equalsIgnoreCase("identity")) {
      throw Problem.of(
              415, "Content-Encoding: compressed bodies are not read; send it uncompressed")
          .header("Accept-Encoding", "identity");
    }
  }

  /** Answers a request; an answer is given in every case. */
  Answer answer(Admitted admitted, byte[] body) {
    try (var request = MDC.putCloseable(REQUEST, admitted.head().requestId())) {
      Answer answer = carryOut(admitted, body);
      LOG.debug("{} by {}: {}", admitted.route(), admitted.client().name(), answer.status());
      return answer;
    }
  }

  private static Answer carryOut(Admitted admitted, byte[] body) {
    try {
      Call call =
          new Call(admitted.route(), admitted.head(), admitted.client(), read(admitted, body));
      return admitted.route().handler().answer(call);
    } catch (Problem e) {
      return e.answer(admitted.head().requestId());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Problem.of(503, "the scheduler is stopping").answer(admitted.head().requestId());
    } catch (RuntimeException | StackOverflowError e) {
      LOG.error("a defect while answering {}", admitted.route(), e);
      return Problem.of(500, "a defect of this program; its log has more under the request id")
          .answer(admitted.head().requestId());
    }
  }

  @SuppressWarnings("unchecked") // the names of a JSON object are strings
  private static Map<String, Object> read(Admitted admitted, byte[] body) throws Problem {
    if (admitted.route().input().isEmpty()) {
      return Map.of();
    }
    Object value;
    try {
      value =
          Json.parse(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException e) {
      throw Problem.of(400, "the body is not text in UTF-8");
    } catch (InvalidJson e) {
      throw Problem.of(400, "the body is not JSON: " + e.getMessage());
    }
    Faults faults = new Faults();
    Texts.check(value, "", faults);
    faults.throwIfAny();
    admitted.route().input().get().check(value, "", faults);
    faults.throwIfAny();
    return (Map<String, Object>) value;
  }
}
