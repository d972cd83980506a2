package io.actionscheduler.callback.webhook;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import java.io.IOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;

/** Sends requests within their time, only to where they may go, a bounded number to each host. */
final class Client {
  private final ClientSettings settings;
  private final HostSlots slots;
  private final Set<CompletableFuture<?>> underWay = ConcurrentHashMap.newKeySet();
  private Optional<HttpClient> client = Optional.empty();
  private volatile boolean closed;

  Client(ClientSettings settings) {
    this.settings = requireNonNull(settings, "settings is null");
    this.slots = new HostSlots(settings.perHost());
  }

  /** The connections; they are opened by the first request. */
  synchronized HttpClient open() {
    if (client.isEmpty()) {
      HttpClient.Builder builder =
          HttpClient.newBuilder()
              .connectTimeout(settings.connectTimeout())
              .followRedirects(HttpClient.Redirect.NEVER)
              .sslContext(settings.tls());
      builder.proxy(settings.proxy().orElse(HttpClient.Builder.NO_PROXY));
      client = Optional.of(builder.build());
    }
    return client.get();
  }

  /**
   * Sends a request and waits for its answer.
   *
   * @param until by {@link System#nanoTime}
   * @param oneServer whether a server that cannot be reached means that all fires have to wait
   */
  Reply send(HttpRequest request, long until, boolean oneServer)
      throws CallbackException, InterruptedException {
    WebhookErrors failures = new WebhookErrors(request.uri(), oneServer);
    String host = request.uri().getAuthority();
    check(request.uri(), failures);
    if (!slots.take(host, until - System.nanoTime())) {
      throw failures.unsent("no connection was free within the time limit", null);
    }
    try {
      Optional<Reply> reply = exchange(request, until, failures);
      while (reply.isEmpty()) {
        if (until - System.nanoTime() < 2 * HostSlots.MOMENT_NANOS) { // not sent at the last moment
          throw failures.unsent("no stream was free within the time limit", null);
        }
        slots.awaitFreed();
        reply = exchange(request, until, failures);
      }
      return reply.get();
    } finally {
      slots.giveBack(host);
    }
  }

  /** Breaks off what is under way. */
  void close() {
    closed = true;
    underWay.forEach(each -> each.cancel(true));
  }

  private void check(URI address, WebhookErrors failures) throws CallbackException {
    settings.destinations().checkName(address.getHost());
    if (settings.proxy().isPresent()) {
      return; // the proxy looks up names, and decides where it goes
    }
    try {
      settings.destinations().checkAddresses(address.getHost());
    } catch (IOException e) {
      throw failures.unsent("the host is unknown", e);
    }
  }

  /** The answer; empty when the server takes no more requests at a time on its connection. */
  private Optional<Reply> exchange(HttpRequest request, long until, WebhookErrors failures)
      throws CallbackException, InterruptedException {
    if (closed) {
      throw failures.unsent("closed", null);
    }
    AtomicReference<BeginningOfBody> begun = new AtomicReference<>();
    CompletableFuture<HttpResponse<String>> answer =
        open()
            .sendAsync(
                request,
                head -> {
                  begun.set(new BeginningOfBody(head));
                  return begun.get();
                });
    underWay.add(answer);
    try {
      if (closed) { // asked again once it was added: close() may have missed it
        throw failures.unanswered("stopped before it answered", null);
      }
      answer.get(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS);
      return Optional.of(begun.get().soFar(request.uri()));
    } catch (ExecutionException e) {
      if (WebhookErrors.isWithoutStream(e)) {
        return Optional.empty();
      }
      return Optional.of(soFar(begun, request, failures.of(e.getCause())));
    } catch (TimeoutException e) {
      CallbackException why = failures.unanswered("no answer within the time limit", e);
      return Optional.of(soFar(begun, request, why));
    } catch (CancellationException e) {
      CallbackException why = failures.unanswered("stopped before it answered", e);
      return Optional.of(soFar(begun, request, why));
    } finally {
      underWay.remove(answer);
      answer.cancel(true); // does nothing once it is there
    }
  }

  /** The answer, though there is no end of its body; where none has begun, it fails. */
  private static Reply soFar(
      AtomicReference<BeginningOfBody> begun, HttpRequest request, CallbackException otherwise)
      throws CallbackException {
    if (begun.get() == null) {
      throw otherwise;
    }
    return begun.get().soFar(request.uri());
  }

  /**
   * How requests are sent.
   *
   * @param perHost requests to one host at a time
   */
  record ClientSettings(
      Destinations destinations,
      SSLContext tls,
      Optional<ProxySelector> proxy,
      Duration connectTimeout,
      int perHost) {}
}
