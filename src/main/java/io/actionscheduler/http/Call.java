package io.actionscheduler.http;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A request that was understood and is allowed, as its handler sees it. */
public final class Call {
  private final Route route;
  private final Head head;
  private final Client client;
  private final Map<String, Object> body;

  /**
   * A request without its body, as its route reads it.
   *
   * @param path values of the route's placeholders, decoded
   * @param query values of its parameters, of the types that it declares
   * @param headers by name in lower case
   */
  record Head(
      String requestId,
      Map<String, String> path,
      Map<String, Object> query,
      Map<String, String> headers) {}

  Call(Route route, Head head, Client client, Map<String, Object> body) {
    this.route = requireNonNull(route, "route is null");
    this.head = requireNonNull(head, "head is null");
    this.client = requireNonNull(client, "client is null");
    this.body = requireNonNull(body, "body is null");
  }

  public Route route() {
    return route;
  }

  public String requestId() {
    return head.requestId();
  }

  public Client client() {
    return client;
  }

  /** The value of a placeholder of the path. */
  public String path(String name) {
    return requireNonNull(head.path().get(name), name);
  }

  /** The values of all placeholders. */
  public Map<String, String> pathValues() {
    return head.path();
  }

  /** The values of all parameters. */
  public Map<String, Object> query() {
    return head.query();
  }

  public Optional<String> text(String parameter) {
    return Optional.ofNullable((String) head.query().get(parameter));
  }

  public Optional<Long> whole(String parameter) {
    return Optional.ofNullable((Long) head.query().get(parameter));
  }

  /** Whether a parameter is set, and true. */
  public boolean isSet(String parameter) {
    return Boolean.TRUE.equals(head.query().get(parameter));
  }

  /** The same call for another resource and with another body. */
  public Call with(String placeholder, String value, Map<String, Object> otherBody) {
    Map<String, String> path = new HashMap<>(head.path());
    path.put(placeholder, value);
    Head other = new Head(head.requestId(), path, head.query(), head.headers());
    return new Call(route, other, client, otherBody);
  }

  /** The first value of a header. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(head.headers().get(name.toLowerCase(java.util.Locale.ROOT)));
  }

  /** The body, checked by the route's schema; empty where it takes none. */
  public Map<String, Object> body() {
    return body;
  }
}
