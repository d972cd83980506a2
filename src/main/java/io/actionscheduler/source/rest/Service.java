package io.actionscheduler.source.rest;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.webhook.DocumentClient;
import io.actionscheduler.source.rest.RestSettings.Access;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** A service over HTTP, with limits of time and size; redirects to other servers are refused. */
final class Service implements AutoCloseable {
  private static final int MOST_REDIRECTS = 5;

  private final Access access;
  private final HttpClient client;
  private final DocumentClient documents = new DocumentClient(1);

  Service(Access access) {
    this.access = requireNonNull(access, "access is null");
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1) // an offer of HTTP/2 confuses some servers
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(access.timeout())
            .build();
  }

  /**
   * Gets what is at {@code first}, or where the same server redirects to.
   *
   * @param known what is known already is not asked for; empty: everything is
   * @param mostBytes of the answer's body
   */
  Answer get(Address first, Optional<String> known, int mostBytes)
      throws ServiceFault, InterruptedException {
    Address at = first;
    for (int hops = 0; hops <= MOST_REDIRECTS; hops++) {
      HttpRequest.Builder request = request(at).GET();
      known.ifPresent(etag -> request.setHeader("If-None-Match", etag));
      Answer answer = exchange(at, request.build(), mostBytes);
      if (!answer.isRedirect()) {
        return answer;
      }
      Address to = at.resolve(answer.header("location").orElseThrow());
      if (!at.isSameServer(to)) {
        throw ServiceFault.unavailable(
            "redirects to another server, " + to + "; set url to that one");
      }
      at = to;
    }
    throw ServiceFault.unavailable("redirects more than " + MOST_REDIRECTS + " times");
  }

  /** Sends a JSON document; the status of the answer counts, whatever follows it. */
  Answer send(String method, Address to, String json) throws ServiceFault, InterruptedException {
    Map<String, String> headers = new TreeMap<>();
    headers.put("Accept", "application/json");
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", "action-scheduler");
    access.token().ifPresent(token -> headers.put(access.header(), credential(token)));
    try {
      DocumentClient.Answered answered =
          documents.send(
              method, to.uri(), headers, json.getBytes(StandardCharsets.UTF_8), access.timeout());
      return new Answer(
          to,
          answered.status(),
          HttpHeaders.of(Map.of(), (name, value) -> true),
          answered.text().getBytes(StandardCharsets.UTF_8));
    } catch (CallbackException e) {
      throw ServiceFault.unavailable(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    documents.close();
  }

  private HttpRequest.Builder request(Address at) throws ServiceFault {
    try {
      HttpRequest.Builder request =
          at.request()
              .setHeader("Accept", "application/json")
              .setHeader("User-Agent", "action-scheduler");
      access.token().ifPresent(token -> request.setHeader(access.header(), credential(token)));
      return request;
    } catch (UnknownHostException e) {
      throw ServiceFault.unavailable("its host is unknown", e);
    }
  }

  /** A bare token under the usual header is a bearer's. */
  private String credential(String token) {
    boolean bare = !token.strip().contains(" ");
    return bare && access.header().equalsIgnoreCase("Authorization")
        ? "Bearer " + token.strip()
        : token.strip();
  }

  private Answer exchange(Address at, HttpRequest request, int mostBytes)
      throws ServiceFault, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> coming =
        client.sendAsync(request, head -> new BoundedBody(mostBytes));
    try {
      HttpResponse<byte[]> response =
          coming.get(access.timeout().toMillis(), TimeUnit.MILLISECONDS);
      return new Answer(at, response.statusCode(), response.headers(), response.body());
    } catch (TimeoutException e) {
      throw ServiceFault.unavailable(
          "gave no whole answer within " + access.timeout().toMillis() + " ms", e);
    } catch (ExecutionException e) {
      throw ServiceFault.unavailable(reason(e.getCause()), e.getCause());
    } finally {
      coming.cancel(true); // ends a request that is given up; one that is over stays as it is
    }
  }

  private static String reason(Throwable cause) {
    if (cause instanceof ConnectException) { // its own message is mostly null
      return cause.getCause() instanceof UnresolvedAddressException
              || cause.getCause() instanceof ConnectException deeper
                  && deeper.getCause() instanceof UnresolvedAddressException
          ? "its host is unknown"
          : "the connection is refused";
    }
    if (cause instanceof SSLException) {
      return "no TLS connection: " + cause.getMessage();
    }
    if (cause instanceof BoundedBody.TooLong) {
      return cause.getMessage();
    }
    return cause instanceof IOException && cause.getMessage() != null
        ? "the connection broke: " + cause.getMessage()
        : "the request failed: " + cause;
  }
}
