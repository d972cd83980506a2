package io.actionscheduler.callback.webhook;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.common.KeptOutput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP/1.1 by Apache's client. Unlike the JDK's, it shows the status whatever follows it, starts no
 * threads, and connects to exactly the addresses that were checked.
 */
final class Http1 implements Wire {
  /**
   * A larger body is sent in pieces of this size; between them, it is checked whether there is an
   * answer already.
   */
  static final int PIECE = 64 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(Http1.class);

  private final Http1Connections connections;
  private final Set<TimeLimit> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  Http1(Http1Connections connections) {
    this.connections = requireNonNull(connections, "connections is null");
  }

  @Override
  public void open() {
    connections.client();
  }

  @Override
  public Optional<Reply> exchange(Outgoing request, long until, WebhookErrors errors)
      throws CallbackException, InterruptedException {
    HttpClientContext context = HttpClientContext.create();
    try (TimeLimit limit = new TimeLimit(until - System.nanoTime())) {
      underWay.add(limit);
      try {
        if (closed) { // checked after adding, since close() may have run in between
          throw errors.unsent("closed", null);
        }
        return Optional.of(exchange(request, context, limit));
      } catch (IOException | HttpException | RuntimeException e) {
        throw failure(e, limit, SentRequests.isSent(context), errors);
      } finally {
        underWay.remove(limit);
        connections.tidyUp();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    underWay.forEach(TimeLimit::cut);
    connections.close();
  }

  private Reply exchange(Outgoing request, HttpClientContext context, TimeLimit limit)
      throws IOException, HttpException {
    URI address = request.address();
    ClassicHttpResponse response =
        connections.client().executeOpen(host(address), message(request), context);
    KeptOutput body = KeptOutput.ofBeginning();
    try {
      if (!isReadToItsEnd(response, body)) {
        limit.cut(); // so that closing ends the connection at once instead of reading the rest
      }
    } finally {
      close(response);
    }
    Map<String, String> headers = new HashMap<>();
    for (Header header : response.getHeaders()) {
      headers.putIfAbsent(header.getName(), String.valueOf(header.getValue()));
    }
    return new Reply(address, response.getCode(), headers, body.text());
  }

  /** Reads the beginning of the body; gives whether that was all of it. */
  private static boolean isReadToItsEnd(ClassicHttpResponse response, KeptOutput body) {
    if (response.getEntity() == null) {
      return true;
    }
    byte[] bytes = new byte[8192];
    try {
      InputStream in = response.getEntity().getContent();
      int n = in.read(bytes);
      while (n >= 0 && !body.isCut()) {
        body.add(bytes, 0, n);
        n = in.read(bytes);
      }
      return n < 0;
    } catch (IOException | RuntimeException e) {
      return false; // the status decides, and the body so far is kept
    }
  }

  private static void close(ClassicHttpResponse response) {
    try {
      response.close();
    } catch (IOException e) {
      LOG.debug("a connection was closed before the end of an answer", e);
    }
  }

  private CallbackException failure(
      Exception e, TimeLimit limit, boolean sent, WebhookErrors errors)
      throws InterruptedException {
    if (e instanceof CheckedNames.Refused refused) {
      return refused.why();
    }
    if (limit.isCut()) {
      String reason =
          closed
              ? "stopped before it answered"
              : sent ? "no answer within the time limit" : "not connected within the time limit";
      return sent ? errors.unanswered(reason, e) : errors.unsent(reason, e);
    }
    if (Thread.interrupted()) {
      throw new InterruptedException("stopped before it answered");
    }
    return sent ? errors.unanswered(e) : errors.unsent(e);
  }

  /** Without the brackets of an IPv6 address, which the client adds itself. */
  private static HttpHost host(URI address) {
    String host = Requests.server(address).host();
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    return new HttpHost(
        address.getScheme().toLowerCase(Locale.ROOT),
        bracketed ? host.substring(1, host.length() - 1) : host,
        Requests.server(address).port());
  }

  private static BasicClassicHttpRequest message(Outgoing request) {
    URI address = request.address();
    String path = address.getRawPath() == null ? "" : address.getRawPath();
    String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
    BasicClassicHttpRequest message =
        new BasicClassicHttpRequest(
            request.method(), host(address), (path.isEmpty() ? "/" : path) + query);
    request.headers().forEach(message::setHeader);
    byte[] body = request.body();
    if (body.length > PIECE) {
      message.setEntity(new InputStreamEntity(new ByteArrayInputStream(body), body.length, null));
    } else if (body.length > 0) {
      message.setEntity(new ByteArrayEntity(body, null));
    }
    return message;
  }
}
