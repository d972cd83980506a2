package io.actionscheduler.callback.webhook;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.webhook.Client.ClientSettings;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.DefaultClientConnectionReuseStrategy;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HeaderElement;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.config.RegistryBuilder;
import org.apache.hc.core5.http.message.BasicHeaderElementIterator;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/** The pool of connections of one webhook. */
final class Http1Connections {
  /**
   * A connection that was idle longer is not used again. Servers close idle ones after 2 s
   * (gunicorn), 5 s (Node.js, Apache, uvicorn) or more; a fire that is sent at that moment has an
   * unknown outcome, and schedules often have intervals of whole seconds.
   */
  private static final long LONGEST_IDLE_MILLIS = 900;

  /** A connection that was idle longer than this is checked first: it may have been closed. */
  private static final long TRUSTED_MILLIS = 50;

  private final ClientSettings settings;
  private final AtomicBoolean tidying = new AtomicBoolean();
  private PoolingHttpClientConnectionManager connections; // null until first used
  private CloseableHttpClient client;

  Http1Connections(ClientSettings settings) {
    this.settings = requireNonNull(settings, "settings is null");
  }

  /** The client, made at the first call. */
  synchronized CloseableHttpClient client() {
    if (client == null) {
      connections = connections(settings);
      client = client(settings, connections);
    }
    return client;
  }

  /** Closes idle connections soon; no thread checks them otherwise. */
  void tidyUp() {
    if (tidying.compareAndSet(false, true)) {
      CompletableFuture.delayedExecutor(LONGEST_IDLE_MILLIS, TimeUnit.MILLISECONDS)
          .execute(this::closeIdle);
    }
  }

  private synchronized void closeIdle() {
    tidying.set(false);
    if (connections == null) {
      return; // close() came before the first use
    }
    connections.closeExpired();
    if (connections.getTotalStats().getAvailable() > 0) {
      tidyUp();
    }
  }

  synchronized void close() {
    if (client != null) {
      connections.close(CloseMode.IMMEDIATE);
    }
  }

  private static CloseableHttpClient client(
      ClientSettings settings, PoolingHttpClientConnectionManager connections) {
    HttpClientBuilder builder =
        HttpClientBuilder.create()
            .setConnectionManager(connections)
            .setRequestExecutor(new SentRequests())
            .setKeepAliveStrategy(
                (response, context) -> TimeValue.ofMilliseconds(longestIdle(response)))
            .setConnectionReuseStrategy(
                (request, response, context) ->
                    longestIdle(response) > 0
                        && DefaultClientConnectionReuseStrategy.INSTANCE.keepAlive(
                            request, response, context))
            .setDefaultRequestConfig(
                RequestConfig.custom()
                    .setAuthenticationEnabled(false)
                    .setProtocolUpgradeEnabled(false)
                    .build())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableContentCompression()
            .disableAuthCaching()
            .disableDefaultUserAgent();
    settings.proxy().ifPresent(proxy -> through(builder, proxy.host(), proxy.port()));
    return builder.build();
  }

  /**
   * A proxy may answer instead of connecting to the server: that is not an answer of the server.
   */
  private static void through(HttpClientBuilder builder, String host, int port) {
    builder.setProxy(new HttpHost("http", host, port));
    builder.addExecInterceptorBefore(
        ChainElement.CONNECT.name(), "proxy-answers", new ProxyAnswers());
  }

  /** How long an idle connection may be used again, in milliseconds; 0: never. */
  private static long longestIdle(HttpResponse response) {
    long millis = LONGEST_IDLE_MILLIS;
    Iterator<HeaderElement> told =
        new BasicHeaderElementIterator(response.headerIterator("Keep-Alive"));
    while (told.hasNext()) {
      HeaderElement element = told.next();
      String value = String.valueOf(element.getValue());
      if (element.getName().equalsIgnoreCase("timeout") && value.matches("[0-9]{1,6}")) {
        millis = Math.min(millis, 1_000 * Long.parseLong(value) / 2);
      }
    }
    return millis;
  }

  private static PoolingHttpClientConnectionManager connections(ClientSettings settings) {
    TlsSocketStrategy tls =
        new DefaultClientTlsStrategy(settings.tls(), HostnameVerificationPolicy.BUILTIN, null);
    DnsResolver names =
        settings.proxy().isPresent() // the proxy looks up names itself, and may have any address
            ? SystemDefaultDnsResolver.INSTANCE
            : new CheckedNames(settings.destinations());
    PoolingHttpClientConnectionManager connections =
        new PoolingHttpClientConnectionManager(
            new DefaultHttpClientConnectionOperator(
                proxy -> Http1Connection.socket(),
                host -> host.getPort() > 0 ? host.getPort() : standardPort(host),
                names,
                RegistryBuilder.<TlsSocketStrategy>create().register("https", tls).build()),
            PoolConcurrencyPolicy.STRICT,
            PoolReusePolicy.LIFO,
            TimeValue.NEG_ONE_MILLISECOND,
            socket -> new Http1Connection()); // the socket is bound to it later
    connections.setMaxTotal(settings.concurrency());
    connections.setDefaultMaxPerRoute(settings.perHost());
    connections.setDefaultConnectionConfig(
        ConnectionConfig.custom()
            .setConnectTimeout(Timeout.of(settings.connectTimeout()))
            .setValidateAfterInactivity(TimeValue.ofMilliseconds(TRUSTED_MILLIS))
            .build());
    return connections;
  }

  private static int standardPort(HttpHost host) {
    return host.getSchemeName().equals("https") ? 443 : 80;
  }
}
