package io.actionscheduler.callback.webhook;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Sends requests within their time limit, only to allowed addresses, and a limited number to each
 * host at a time.
 */
final class Client {
  private final ClientSettings settings;
  private final Wire wire;
  private final HostSlots slots;

  Client(ClientSettings settings, Wire wire) {
    this.settings = requireNonNull(settings, "settings is null");
    this.wire = requireNonNull(wire, "wire is null");
    this.slots = new HostSlots(settings.perHost());
  }

  /** Prepares for the first request, which opens the first connection. */
  void open() {
    wire.open();
  }

  /**
   * Sends a request and waits for its answer.
   *
   * @param until a moment of {@code System#nanoTime}
   * @param oneServer whether all fires have to wait when a server cannot be reached
   */
  Reply send(Outgoing request, long until, boolean oneServer)
      throws CallbackException, InterruptedException {
    WebhookErrors errors = WebhookErrors.at(request.address(), oneServer);
    String host = request.address().getAuthority();
    check(request.address(), errors);
    if (!slots.take(host, until - System.nanoTime())) {
      throw errors.unsent("no connection was free within the time limit", null);
    }
    try {
      Optional<Reply> reply = wire.exchange(request, until, errors);
      while (reply.isEmpty()) {
        slots.awaitFreed();
        if (until - System.nanoTime() < HostSlots.MOMENT_NANOS) { // too late for a further try
          throw errors.unsent("no stream was free within the time limit", null);
        }
        reply = wire.exchange(request, until, errors);
      }
      return reply.get();
    } finally {
      slots.giveBack(host);
    }
  }

  /** Cuts the requests under way. */
  void close() {
    wire.close();
  }

  private void check(URI address, WebhookErrors errors) throws CallbackException {
    settings.destinations().checkName(Requests.server(address).host());
    if (settings.proxy().isPresent()) {
      return; // the proxy looks up names, and decides which addresses are allowed
    }
    try {
      settings.destinations().addresses(Requests.server(address).host());
    } catch (IOException e) {
      throw errors.unsent("the host is unknown", e);
    }
  }

  /**
   * Settings of the client.
   *
   * @param perHost requests to one host at a time
   * @param concurrency requests at a time
   */
  record ClientSettings(
      Destinations destinations,
      SSLContext tls,
      Optional<Proxy> proxy,
      Duration connectTimeout,
      int perHost,
      int concurrency) {}

  /** An HTTP proxy. */
  record Proxy(String host, int port) {}
}
