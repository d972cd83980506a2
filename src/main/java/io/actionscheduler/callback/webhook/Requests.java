package io.actionscheduler.callback.webhook;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.template.Passport;
import io.actionscheduler.template.Template;
import io.actionscheduler.text.Quoted;
import io.actionscheduler.text.ServerName;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Makes HTTP requests of fires.
 *
 * @param timeout for the whole of a request and its answer
 */
record Requests(Template method, Template url, Headers headers, Body body, Duration timeout) {
  static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

  Outgoing of(Delivery delivery) throws CallbackException {
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
    return new Outgoing(verb, address, headers.of(passport, type, content), content);
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
      boolean user = String.valueOf(address.getRawAuthority()).contains("@");
      if (web && !user && ServerName.of(address).isPresent()) {
        return address;
      }
    } catch (URISyntaxException e) {
      // reported below, with what is allowed
    }
    throw CallbackException.permanent(
        "url "
            + Quoted.quote(text)
            + " is not valid; allowed: http://host/path or https://host/path",
        null);
  }

  /** The server of an address from {@code address}. */
  static ServerName server(URI address) {
    return ServerName.of(address)
        .orElseThrow(() -> new IllegalArgumentException(address + " has no host"));
  }

  /** In the form of messages: only the server, as what follows often holds keys. */
  static String shown(URI address) {
    String path = address.getRawPath() == null ? "" : address.getRawPath();
    boolean whole = (path.isEmpty() || path.equals("/")) && address.getRawQuery() == null;
    String text = address.getScheme() + "://" + address.getRawAuthority() + (whole ? "" : "/…");
    return text.length() <= 200 ? text : Quoted.quote(text);
  }
}
