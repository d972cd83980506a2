package io.actionscheduler.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The sessions of browsers that signed in. A cookie has only a random name of its session. All
 * sessions end with the API, so also at a change of owner.
 */
public final class Sessions {
  static final String COOKIE = "action_scheduler_session";
  private static final Duration LASTS = Duration.ofHours(12);
  private static final int MOST = 10_000;

  private final InstantSource clock;
  private final String path;
  private final boolean secure;
  private final Map<String, Session> open = new LinkedHashMap<>(); // oldest first

  private record Session(Client client, Instant until) {}

  /**
   * @param basePath the path that the cookie is sent to
   * @param secure whether it is sent only over TLS
   */
  public Sessions(InstantSource clock, String basePath, boolean secure) {
    this.clock = clock;
    this.path = basePath + "/";
    this.secure = secure;
  }

  /** Opens a session; gives the value of {@code Set-Cookie}. */
  public synchronized String open(Client client) {
    if (open.size() >= MOST) {
      open.remove(open.keySet().iterator().next());
    }
    String id = ApiKeys.random();
    Client signedIn = new Client(client.name(), client.rights(), true);
    open.put(id, new Session(signedIn, clock.instant().plus(LASTS)));
    return cookie(id, LASTS.toSeconds());
  }

  /** Ends the session that a {@code Cookie} header names; gives the value of {@code Set-Cookie}. */
  public synchronized String close(String cookies) {
    id(cookies).ifPresent(open::remove);
    return cookie("", 0);
  }

  synchronized Optional<Client> find(String cookies) {
    Optional<String> id = id(cookies);
    Optional<Session> session = id.map(open::get);
    if (session.isPresent() && session.get().until().isBefore(clock.instant())) {
      open.remove(id.get());
      return Optional.empty();
    }
    return session.map(Session::client);
  }

  private String cookie(String id, long seconds) {
    return COOKIE
        + "="
        + id
        + "; Path="
        + path
        + "; Max-Age="
        + seconds
        + "; HttpOnly; SameSite=Strict"
        + (secure ? "; Secure" : "");
  }

  private static Optional<String> id(String cookies) {
    for (String cookie : cookies.split(";")) {
      String pair = cookie.strip();
      if (pair.startsWith(COOKIE + "=")) {
        return Optional.of(pair.substring(COOKIE.length() + 1));
      }
    }
    return Optional.empty();
  }
}
