package io.actionscheduler.callback.webhook;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.webhook.Client.ClientSettings;
import io.actionscheduler.callback.webhook.Client.Proxy;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Sends documents to addresses of the settings, with the client of webhook callbacks: the same
 * hosts are accepted, and the status of an answer counts, whatever follows it. Redirects are not
 * followed. The proxy of the JVM's settings (-Dhttps.proxyHost) is used. Thread-safe.
 */
public final class DocumentClient implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Addresses of the settings may be anywhere; those of fires may not. */
  private static final Destinations ANYWHERE =
      new Destinations(List.of(), List.of(Network.of("0.0.0.0/0"), Network.of("::/0")));

  private final int connections;
  private final Map<Optional<Proxy>, Wire> wires = new HashMap<>(); // made when first used
  private boolean closed;

  /**
   * An answer to a document.
   *
   * @param headers by name, in any letter case
   * @param text the beginning of the body
   */
  public record Answered(int status, Map<String, String> headers, String text) {
    /** The value of a header; empty where the answer does not have it. */
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }
  }

  /**
   * @param connections the most documents that are sent at a time; 1 or more
   */
  public DocumentClient(int connections) {
    this.connections = connections;
  }

  /**
   * Sends a document and waits for the answer to it.
   *
   * @param method such as {@code POST}
   * @param address with a host; http or https
   * @param limit for the whole exchange
   * @throws CallbackException without an answer; its message is the reason, without the address
   * @throws InterruptedException when the thread is interrupted; the server may have the document
   */
  public Answered send(
      String method, URI address, Map<String, String> headers, byte[] body, Duration limit)
      throws CallbackException, InterruptedException {
    WebhookErrors errors = new WebhookErrors("", true);
    Outgoing request = new Outgoing(method, address, headers, body);
    try {
      Reply reply =
          wire(address)
              .exchange(request, System.nanoTime() + limit.toNanos(), errors)
              .orElseThrow(() -> errors.unsent("no connection was free", null));
      return new Answered(reply.status(), reply.headers(), reply.text());
    } catch (CallbackException e) {
      throw CallbackException.unavailable(reason(e, limit), e.getCause());
    }
  }

  private static String reason(CallbackException e, Duration limit) {
    Throwable cause = e.getCause();
    if (cause instanceof UnknownHostException) {
      return "its host is unknown";
    }
    if (cause instanceof SocketTimeoutException) {
      return "no connection within " + CONNECT.toSeconds() + " s";
    }
    if (cause instanceof ConnectException && e.getMessage().contains("refused")) {
      return "the connection was refused";
    }
    return e.getMessage().replace("the time limit", limit.toMillis() / 1000.0 + " s");
  }

  /** Cuts what is under way, and whatever is sent from now on. */
  @Override
  public synchronized void close() {
    closed = true;
    wires.values().forEach(Wire::close);
  }

  private synchronized Wire wire(URI address) throws CallbackException {
    if (closed) {
      throw CallbackException.unavailable("closed", null);
    }
    return wires.computeIfAbsent(
        proxy(address),
        proxy ->
            new Http1(
                new Http1Connections(
                    new ClientSettings(
                        ANYWHERE, tls(), proxy, CONNECT, connections, connections))));
  }

  private static Optional<Proxy> proxy(URI address) {
    return Optional.ofNullable(ProxySelector.getDefault()).stream()
        .flatMap(selector -> selector.select(address).stream())
        .filter(proxy -> proxy.type() == java.net.Proxy.Type.HTTP)
        .map(proxy -> (InetSocketAddress) proxy.address())
        .map(at -> new Proxy(at.getHostString(), at.getPort()))
        .findFirst();
  }

  private static SSLContext tls() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has a default context of TLS", e);
    }
  }
}
