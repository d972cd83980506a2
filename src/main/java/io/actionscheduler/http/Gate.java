package io.actionscheduler.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Decides whether a request is allowed: by its host, its key and its rights. */
final class Gate {
  private static final String BEARER = "bearer ";
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final ApiKeys keys;
  private final Sessions sessions;
  private final RateLimit rate;
  private final Set<String> hosts = new HashSet<>();

  Gate(HttpSettings settings, ApiKeys keys, Sessions sessions, RateLimit rate) {
    this.keys = keys;
    this.sessions = sessions;
    this.rate = rate;
    List<String> names = settings.address().names();
    names.forEach(name -> hosts.add(name.toLowerCase(Locale.ROOT)));
    if (!keys.areSet()) {
      hosts.addAll(LOOPBACK);
    }
  }

  /**
   * Refuses a request for a name that is not the server's: where no key is needed, a page of
   * another site could otherwise reach this server under a name of its own.
   *
   * @param authority the header {@code Host}
   * @throws Problem 421 when the name is not the server's
   */
  void checkHost(String authority) throws Problem {
    if (!hosts.isEmpty() && !hosts.contains(withoutPort(authority.toLowerCase(Locale.ROOT)))) {
      throw Problem.of(
          421, "this host is not among http.hosts; use one of " + hosts + ", or add it");
    }
  }

  private static String withoutPort(String authority) {
    int end = authority.length();
    while (end > 0 && authority.charAt(end - 1) >= '0' && authority.charAt(end - 1) <= '9') {
      end--;
    }
    return end > 0 && authority.charAt(end - 1) == ':'
        ? authority.substring(0, end - 1)
        : authority;
  }

  /**
   * The client of a request, if it has the right.
   *
   * @param headers by name in lower case
   * @throws Problem 401 without a valid key, 403 without the right, 429 after too many requests
   */
  Client enter(Route route, Map<String, String> headers) throws Problem {
    Optional<Client> client = client(route, headers);
    if (route.right().isEmpty()) {
      refuseForgery(
          route, headers); // a page could also sign a browser in with the key of somebody else
      return client.orElse(Client.NOBODY);
    }
    Client known = client.orElseThrow(Gate::unauthorized);
    OptionalLong wait = rate.take(known.name());
    if (wait.isPresent()) {
      throw Problem.of(429, "too many requests in one second; http.rate_limit says how many")
          .header("Retry-After", Long.toString(wait.getAsLong()));
    }
    known.require(route.right().get());
    return known;
  }

  private Optional<Client> client(Route route, Map<String, String> headers) throws Problem {
    if (!keys.areSet()) {
      refuseForgery(route, headers);
      return Optional.of(ApiKeys.withoutKeys());
    }
    Optional<String> key = key(headers);
    if (key.isPresent()) {
      return keys.find(key.get());
    }
    Optional<Client> session = sessions.find(headers.getOrDefault("cookie", ""));
    if (session.isPresent()) {
      refuseForgery(route, headers);
    }
    return session;
  }

  private static Optional<String> key(Map<String, String> headers) {
    String own = headers.get("x-api-key");
    if (own != null) {
      return Optional.of(own);
    }
    String authorization = headers.getOrDefault("authorization", "");
    return authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
        ? Optional.of(authorization.substring(BEARER.length()).strip())
        : Optional.empty();
  }

  private static Problem unauthorized() {
    return Problem.of(
            401, "a key is needed: send it in the header X-API-Key, or as Authorization: Bearer")
        .header("WWW-Authenticate", "Bearer realm=\"action-scheduler\"");
  }

  /**
   * Refuses requests that pages of other sites make: a browser sends its cookie for this server
   * with them.
   */
  private static void refuseForgery(Route route, Map<String, String> headers) throws Problem {
    if (!route.method().isWrite()) {
      return;
    }
    String site = headers.get("sec-fetch-site");
    String origin = headers.get("origin");
    boolean foreign =
        site != null
            ? !site.equals("same-origin") && !site.equals("none")
            : origin != null && !isOf(origin, headers.getOrDefault("host", ""));
    if (foreign) {
      throw Problem.of(403, "the request comes from a page of another site");
    }
  }

  private static boolean isOf(String origin, String host) {
    try {
      return host.equalsIgnoreCase(new URI(origin).getRawAuthority());
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
