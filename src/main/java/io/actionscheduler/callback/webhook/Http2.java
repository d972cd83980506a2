package io.actionscheduler.callback.webhook;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.webhook.Client.ClientSettings;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * HTTP/2 by the JDK's client, where the settings ask for it. It is not the default, because some
 * JDKs report a request as failed that was answered (17.0.15, when nginx ends a connection after
 * its keepalive_requests), or lose an answer with faulty headers.
 */
final class Http2 implements Wire {
  private final ClientSettings settings;
  private final boolean withoutTls;
  private final Set<CompletableFuture<?>> underWay = ConcurrentHashMap.newKeySet();
  private Optional<HttpClient> client = Optional.empty();
  private volatile boolean closed;

  /**
   * @param withoutTls whether HTTP/2 is also used without TLS
   */
  Http2(ClientSettings settings, boolean withoutTls) {
    this.settings = requireNonNull(settings, "settings is null");
    this.withoutTls = withoutTls;
  }

  /** Whether the client can be given the host: Java's URI knows none with an underscore. */
  static boolean takes(URI address) {
    return address.getHost() != null;
  }

  @Override
  public void open() {
    client();
  }

  @Override
  public Optional<Reply> exchange(Outgoing request, long until, WebhookErrors errors)
      throws CallbackException, InterruptedException {
    if (closed) {
      throw errors.unsent("closed", null);
    }
    if (!takes(request.address())) {
      throw errors.unsent("the client of http_version 2 does not take this host; use 1.1", null);
    }
    AtomicReference<BeginningOfBody> begun = new AtomicReference<>();
    CompletableFuture<HttpResponse<String>> answer =
        client()
            .sendAsync(
                message(request),
                head -> {
                  begun.set(new BeginningOfBody(head));
                  return begun.get();
                });
    underWay.add(answer);
    try {
      if (closed) { // checked again after adding, since close() may have run in between
        throw errors.unanswered("stopped before it answered", null);
      }
      answer.get(Math.max(1, until - System.nanoTime()), TimeUnit.NANOSECONDS);
      return Optional.of(begun.get().soFar(request.address()));
    } catch (ExecutionException e) {
      if (WebhookErrors.isWithoutStream(e)) {
        return Optional.empty();
      }
      return Optional.of(soFar(begun, request, errors.of(e.getCause())));
    } catch (TimeoutException e) {
      CallbackException why = errors.unanswered("no answer within the time limit", e);
      return Optional.of(soFar(begun, request, why));
    } catch (CancellationException e) {
      CallbackException why = errors.unanswered("stopped before it answered", e);
      return Optional.of(soFar(begun, request, why));
    } finally {
      underWay.remove(answer);
      answer.cancel(true); // no effect once there is an answer
    }
  }

  @Override
  public void close() {
    closed = true;
    underWay.forEach(each -> each.cancel(true));
  }

  private synchronized HttpClient client() {
    if (client.isEmpty()) {
      HttpClient.Builder builder =
          HttpClient.newBuilder()
              .connectTimeout(settings.connectTimeout())
              .followRedirects(HttpClient.Redirect.NEVER)
              .sslContext(settings.tls());
      builder.proxy(
          settings
              .proxy()
              .map(at -> ProxySelector.of(InetSocketAddress.createUnresolved(at.host(), at.port())))
              .orElse(HttpClient.Builder.NO_PROXY));
      client = Optional.of(builder.build());
    }
    return client.get();
  }

  private HttpRequest message(Outgoing request) {
    boolean tls = request.address().getScheme().equalsIgnoreCase("https");
    HttpRequest.Builder message =
        HttpRequest.newBuilder(request.address())
            .method(
                request.method(),
                request.body().length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(request.body()))
            .version(tls || withoutTls ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
    request.headers().forEach(message::setHeader);
    return message.build();
  }

  /** The answer without the end of its body; fails if there is no answer yet. */
  private static Reply soFar(
      AtomicReference<BeginningOfBody> begun, Outgoing request, CallbackException otherwise)
      throws CallbackException {
    if (begun.get() == null) {
      throw otherwise;
    }
    return begun.get().soFar(request.address());
  }
}
