package io.actionscheduler.callback.webhook;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.text.Quoted;
import java.net.URI;
import java.util.Optional;

/** Follows a redirect only if the same request goes to the same host. */
final class Redirect {
  private Redirect() {}

  /**
   * The request that follows the redirect in {@code reply}; empty when it is not a redirect.
   *
   * @throws CallbackException when the redirect is one that webhooks do not follow
   */
  static Optional<Outgoing> of(Outgoing request, Reply reply) throws CallbackException {
    int status = reply.status();
    boolean redirect =
        status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    Optional<String> location = reply.header("Location");
    if (!redirect || location.isEmpty()) {
      return Optional.empty();
    }
    String told =
        Requests.shown(request.address())
            + " answered "
            + status
            + ", a redirect to "
            + Quoted.quote(location.get());
    boolean keepsMethod = status >= 307;
    if (!keepsMethod && !request.method().equals("GET") && !request.method().equals("HEAD")) {
      throw CallbackException.permanent(
          told + ", which would turn " + request.method() + " into GET; set url to where it leads",
          null);
    }
    URI to;
    try {
      to = Requests.address(request.address().resolve(location.get().strip()).toString());
    } catch (IllegalArgumentException e) {
      throw CallbackException.permanent(told + ", which is not an address", e);
    }
    if (!isSameHost(request.address(), to)) {
      throw CallbackException.permanent(
          told + ", another host; webhooks do not follow there: set url to where it leads", null);
    }
    return Optional.of(request.to(to));
  }

  /** Whether it is the same server, or the same host with https in place of http. */
  private static boolean isSameHost(URI from, URI to) {
    boolean upgrade = from.getScheme().equalsIgnoreCase("http") && isHttps(to);
    return Requests.server(from).host().equalsIgnoreCase(Requests.server(to).host())
        && (upgrade || from.getScheme().equalsIgnoreCase(to.getScheme()) && port(from) == port(to));
  }

  private static int port(URI address) {
    int port = Requests.server(address).port();
    return port >= 0 ? port : isHttps(address) ? 443 : 80;
  }

  private static boolean isHttps(URI address) {
    return address.getScheme().equalsIgnoreCase("https");
  }
}
