package io.actionscheduler.app.ask;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.app.ask.Unanswered.Kind;
import io.actionscheduler.config.Settings;
import io.actionscheduler.http.HttpSettings;
import io.actionscheduler.http.HttpSettings.ApiKey;
import io.actionscheduler.http.HttpSettings.Right;
import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The HTTP API of the scheduler that runs with the same settings, as commands beside it use it. */
public final class OwnApi {
  /** The variable with a key, for settings that hold only hashes of keys. */
  public static final String KEY_VARIABLE = "ACTION_SCHEDULER_KEY";

  private static final int CONFLICT = 409;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpSettings settings;
  private final Optional<String> key;

  private OwnApi(HttpSettings settings, Optional<String> key) {
    this.settings = settings;
    this.key = key;
  }

  /**
   * That of {@code settings}; empty where they name none.
   *
   * @param right that the requests need
   * @param environment may have a key: {@link #KEY_VARIABLE}
   */
  public static Optional<OwnApi> of(
      Settings settings, Right right, Map<String, String> environment) {
    requireNonNull(right, "right is null");
    return settings
        .http()
        .map(
            http ->
                new OwnApi(
                    http,
                    Optional.ofNullable(environment.get(KEY_VARIABLE))
                        .or(() -> readableKey(http, right))));
  }

  private static Optional<String> readableKey(HttpSettings http, Right right) {
    return http.keys().stream()
        .filter(one -> one.rights().contains(right) && !one.secret().startsWith(ApiKey.HASHED))
        .map(ApiKey::secret)
        .findFirst();
  }

  /** Where it listens: {@code http://127.0.0.1:8000}. */
  public String address() {
    String host = settings.address().host();
    try {
      InetAddress address = InetAddress.getByName(host);
      host = address.isAnyLocalAddress() ? "127.0.0.1" : host;
    } catch (UnknownHostException e) {
      // the request names it
    }
    String scheme = settings.address().tls().isPresent() ? "https" : "http";
    return scheme
        + "://"
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + settings.address().port()
        + settings.basePath();
  }

  /**
   * The JSON object at {@code path}.
   *
   * @throws Unanswered when nothing, or something else, came back
   * @throws InterruptedException when the thread is interrupted while it waits
   */
  public Map<String, Object> get(String path) throws Unanswered, InterruptedException {
    return object(exchange(path, "GET"), path);
  }

  /**
   * Posts without a body; the JSON object that came back.
   *
   * @throws Unanswered when nothing came back, or a refusal
   * @throws InterruptedException when the thread is interrupted while it waits
   */
  public Map<String, Object> post(String path) throws Unanswered, InterruptedException {
    return object(exchange(path, "POST"), path);
  }

  private HttpResponse<String> exchange(String path, String method)
      throws Unanswered, InterruptedException {
    if (settings.address().port() == 0) {
      throw new Unanswered(Kind.NOT_ASKED, "http.port is 0, a free port that only the log names");
    }
    if (key.isEmpty() && !settings.keys().isEmpty()) {
      throw new Unanswered(
          Kind.NOT_ASKED,
          "the settings hold no key for it, or only a hash; set the variable " + KEY_VARIABLE);
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address() + path))
            .timeout(PATIENCE)
            .method(method, BodyPublishers.noBody());
    key.ifPresent(secret -> request.header("X-API-Key", secret));
    try {
      return client().send(request.build(), BodyHandlers.ofString());
    } catch (ConnectException e) {
      throw new Unanswered(Kind.NOBODY_LISTENS, address() + ": the connection is refused", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new Unanswered(Kind.REFUSED, address() + ": " + e, e);
    }
  }

  private HttpClient client() throws Unanswered {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER);
    if (settings.address().tls().isPresent()) {
      client.sslContext(OwnCertificate.context(settings.address().tls().get()));
    }
    return client.build();
  }

  private Map<String, Object> object(HttpResponse<String> answer, String path) throws Unanswered {
    try {
      if (Json.parse(answer.body()) instanceof Map<?, ?> members) {
        @SuppressWarnings("unchecked") // the names of a JSON object are texts
        Map<String, Object> object = (Map<String, Object>) members;
        if (answer.statusCode() / 100 == 2) {
          return object;
        }
        throw new Unanswered(Kind.REFUSED, refusal(address() + path, answer.statusCode(), object));
      }
    } catch (InvalidJson e) {
      // told below
    }
    throw new Unanswered(
        Kind.REFUSED,
        address() + path + ": answers " + answer.statusCode() + " without a JSON object");
  }

  private static String refusal(String asked, int status, Map<String, Object> problem) {
    Object detail = problem.getOrDefault("detail", problem.get("title"));
    if (status == CONFLICT && detail != null) {
      return detail.toString(); // understood and refused: the reason says all
    }
    return asked + ": answers " + status + (detail == null ? "" : ": " + detail);
  }
}
