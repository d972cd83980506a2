package io.actionscheduler.callback.webhook;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.template.Passport;
import io.actionscheduler.template.Template;
import io.actionscheduler.text.Quoted;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Turns fires into HTTP requests.
 *
 * @param version empty: HTTP/2 over TLS where the server can, HTTP/1.1 otherwise
 * @param timeout for the whole of a request and its answer
 */
record Requests(
    Template method,
    Template url,
    Headers headers,
    Body body,
    Optional<HttpClient.Version> version,
    Duration timeout) {
  static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

  HttpRequest of(Delivery delivery) throws CallbackException {
    Passport passport = new Passport(delivery.fire(), delivery.attempt(), delivery.startedAt());
    String verb = method.render(passport).strip();
    if (!METHODS.contains(verb)) {
      throw CallbackException.permanent(
          "method \"" + verb + "\" is unknown; known: " + String.join(", ", METHODS), null);
    }
    URI address = address(url.render(passport));
    boolean carries = !verb.equals("GET") && !verb.equals("HEAD");
    byte[] content = carries ? body.of(passport).getBytes(StandardCharsets.UTF_8) : new byte[0];
    String type = carries ? body.contentType() : "";
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .method(
                verb,
                content.length == 0 && type.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(content))
            .version(version.orElseGet(() -> usual(address)));
    headers.set(request, passport, type, content);
    return request.build();
  }

  /** Whether every fire goes to the same server. */
  boolean hasOneServer() {
    return url.isFixed() || url.toString().matches("https?://[^/?#{}]+[/?#].*");
  }

  static URI address(String text) throws CallbackException {
    try {
      URI address = new URI(text.strip());
      String scheme = String.valueOf(address.getScheme());
      boolean web = scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
      boolean port =
          address.getPort() == -1 || address.getPort() > 0 && address.getPort() <= 65_535;
      if (web && port && address.getHost() != null && address.getUserInfo() == null) {
        return address;
      }
    } catch (URISyntaxException e) {
      // told below, with what is allowed
    }
    throw CallbackException.permanent(
        "url " + Quoted.quote(text) + " is none; allowed: http://host/path or https://host/path",
        null);
  }

  /** As messages show it: cut where it is long. */
  static String shown(URI address) {
    String text = address.toString();
    return text.length() <= 200 ? text : Quoted.quote(text);
  }

  private static HttpClient.Version usual(URI address) {
    return address.getScheme().equalsIgnoreCase("https")
        ? HttpClient.Version.HTTP_2
        : HttpClient.Version.HTTP_1_1;
  }
}
