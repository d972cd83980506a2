package io.actionscheduler.http;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP server: listens, and passes on each request. */
public final class HttpServer implements AutoCloseable {
  private static final int MOST_THREADS = 32;
  private static final int MOST_CONNECTIONS = 5_000;
  static final int HEADER_BYTES = 16 * 1024;
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final Server server;
  private final ServerConnector connector;
  private final boolean secure;

  private HttpServer(Server server, ServerConnector connector, boolean secure) {
    this.server = server;
    this.connector = connector;
    this.secure = secure;
  }

  /**
   * Starts to listen.
   *
   * @param door answers requests
   * @throws IOException with a message for people, when it cannot listen there
   */
  public static HttpServer start(HttpSettings settings, Door door) throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 4);
    threads.setName("http");
    threads.setDaemon(true);
    Server server = new Server(threads);
    ServerConnector connector = connector(server, settings);
    server.addConnector(connector);
    NetworkConnectionLimit limit = new NetworkConnectionLimit(MOST_CONNECTIONS, connector);
    server.addBean(limit);
    server.setHandler(new Exchanges(door, settings.limits()));
    server.setErrorHandler(new PlainErrors());
    server.setStopTimeout(2_000);
    HttpServer started = new HttpServer(server, connector, settings.address().tls().isPresent());
    try {
      server.start();
      return started;
    } catch (Exception e) {
      started.close();
      throw new IOException(
          "http: cannot listen on "
              + settings.address().host()
              + " port "
              + settings.address().port()
              + " (http.host, http.port): "
              + root(e),
          e);
    }
  }

  private static String root(Throwable fault) {
    Throwable cause = fault;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  private static ServerConnector connector(Server server, HttpSettings settings) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(HEADER_BYTES);
    http.setUriCompliance(UriCompliance.RFC3986); // the table of routes checks paths
    ConnectionFactory[] protocols = {new HttpConnectionFactory(http)};
    if (settings.address().tls().isPresent()) {
      HttpSettings.Tls tls = settings.address().tls().get();
      SslContextFactory.Server context = new SslContextFactory.Server();
      context.setKeyStorePath(tls.keystore().toAbsolutePath().toString());
      context.setKeyStorePassword(tls.password());
      server.addBean(new ServerKeys(tls, context));
      SecureRequestCustomizer customizer = new SecureRequestCustomizer();
      customizer.setSniHostCheck(
          false); // a client may use the address of a server whose certificate has a name
      http.addCustomizer(customizer);
      protocols =
          new ConnectionFactory[] {
            new SslConnectionFactory(context, "http/1.1"), new HttpConnectionFactory(http)
          };
    }
    ServerConnector connector =
        new ServerConnector(server, 1, 1, protocols) {
          @Override
          protected SocketChannelEndPoint newEndPoint(
              SocketChannel channel, ManagedSelector selector, SelectionKey key) {
            HeadLimit.Timed timed = new HeadLimit.Timed(channel, selector, key, getScheduler());
            timed.setIdleTimeout(getIdleTimeout());
            return timed;
          }
        };
    HeadLimit.on(connector, settings.limits().bodyTime());
    connector.setHost(settings.address().host());
    connector.setPort(settings.address().port());
    connector.setIdleTimeout(IDLE.toMillis());
    return connector;
  }

  /** The address of the server: {@code http://127.0.0.1:8000}. */
  public URI address() {
    String host = connector.getHost();
    String shown = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return URI.create((secure ? "https" : "http") + "://" + shown + ":" + connector.getLocalPort());
  }

  /** Takes no more requests, gives those under way two seconds to end, and ends its threads. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) { // Jetty declares no other type
      throw new IllegalStateException("the HTTP server cannot be stopped: " + e.getMessage(), e);
    }
  }
}
