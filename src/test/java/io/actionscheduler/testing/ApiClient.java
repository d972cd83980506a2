package io.actionscheduler.testing;

import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Calls the HTTP API as its users do, through a socket. */
public final class ApiClient {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI base;
  private final Map<String, String> headers;

  private ApiClient(URI base, Map<String, String> headers) {
    this.base = base;
    this.headers = headers;
  }

  /** What came back. */
  public record Reply(int status, Map<String, List<String>> headers, String body) {
    public String header(String name) {
      return headers.getOrDefault(name.toLowerCase(java.util.Locale.ROOT), List.of("")).get(0);
    }

    /** The body as JSON. */
    public Object json() {
      try {
        return Json.parse(body);
      } catch (InvalidJson e) {
        throw new AssertionError("no JSON: " + status + " " + body, e);
      }
    }

    /** The body as a JSON object. */
    @SuppressWarnings("unchecked")
    public Map<String, Object> object() {
      return (Map<String, Object>) json();
    }

    @SuppressWarnings("unchecked")
    public List<Map<String, Object>> list(String member) {
      return (List<Map<String, Object>>) object().get(member);
    }
  }

  /** A client of what listens at {@code base}, without a key. */
  public static ApiClient at(URI base) {
    return new ApiClient(base, Map.of());
  }

  /** A client of a started program, found by what it logs. */
  public static ApiClient of(Scheduler scheduler) throws InterruptedException {
    String line = scheduler.stderr().await("HTTP API: http", Scheduler.PATIENCE).text();
    return at(URI.create(line.replaceFirst(".*HTTP API: (https?://[^/]*).*", "$1")));
  }

  public ApiClient with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new ApiClient(base, more);
  }

  public ApiClient withKey(String key) {
    return with("X-API-Key", key);
  }

  public URI base() {
    return base;
  }

  public Reply get(String path) {
    return send("GET", path, null);
  }

  public Reply post(String path, String json) {
    return send("POST", path, json);
  }

  /**
   * Sends a request.
   *
   * @param json the body; null for none
   */
  public Reply send(String method, String path, String json) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
    headers.forEach(request::setHeader);
    if (json == null) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      if (!headers.containsKey("Content-Type")) {
        request.setHeader("Content-Type", "application/json");
      }
      request.method(method, HttpRequest.BodyPublishers.ofString(json));
    }
    try {
      HttpResponse<String> response =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.headers().map(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
