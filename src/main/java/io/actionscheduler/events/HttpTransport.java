package io.actionscheduler.events;

import io.actionscheduler.callback.webhook.Signature;
import io.actionscheduler.text.HeaderText;
import io.actionscheduler.text.Json;
import io.actionscheduler.text.RetryAfter;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Sends events in the form of Standard Webhooks. One client of the JDK is enough for all receivers:
 * only the status of an answer matters, and an event that arrives twice has the same id.
 */
final class HttpTransport implements Transport {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /**
   * One for the whole process, made when the first event is sent: each has threads of its own, and
   * a process that stands by has an API several times.
   */
  private static final class Client {
    static final HttpClient ONLY =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER) // events go only where the settings say
            .connectTimeout(CONNECT)
            .build();

    private Client() {}
  }

  private final InstantSource clock;

  HttpTransport(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public CompletableFuture<Reply> send(Receiver receiver, Event event) {
    Duration limit = receiver.limits().timeout();
    CompletableFuture<HttpResponse<Void>> answer =
        Client.ONLY.sendAsync(request(receiver, event), BodyHandlers.discarding());
    // The client's time limit covers only the head of an answer, and a body may come a byte at a
    // time: hence a limit of our own. It is set on a copy, because a request is ended only by
    // cancelling the client's future before that is completed.
    return answer
        .copy()
        .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .handle(
            (response, fault) -> {
              if (fault == null) {
                return Reply.of(response.statusCode(), pause(response));
              }
              answer.cancel(true);
              return Reply.unavailable(reason(fault, limit));
            });
  }

  private HttpRequest request(Receiver receiver, Event event) {
    String id = HeaderText.of(event.id());
    long timestamp = clock.instant().getEpochSecond();
    byte[] body = Json.write(event.body().get()).getBytes(StandardCharsets.UTF_8);
    return HttpRequest.newBuilder(receiver.address())
        .timeout(receiver.limits().timeout())
        .header("Content-Type", "application/json")
        .header("User-Agent", "action-scheduler")
        .header("webhook-id", id)
        .header("webhook-timestamp", Long.toString(timestamp))
        .header("webhook-signature", signatures(receiver.secrets(), id, timestamp, body))
        .POST(BodyPublishers.ofByteArray(body))
        .build();
  }

  private static String signatures(List<String> secrets, String id, long timestamp, byte[] body) {
    return secrets.stream()
        .map(secret -> new Signature(secret).sign(id, timestamp, body))
        .collect(Collectors.joining(" "));
  }

  /** The wait that an answer asks for; zero without a valid {@code Retry-After}. */
  private Duration pause(HttpResponse<Void> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .flatMap(
            value -> RetryAfter.read(value, response.headers().firstValue("Date"), clock.instant()))
        .orElse(Duration.ZERO);
  }

  private static String reason(Throwable fault, Duration limit) {
    Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
    if (cause.getCause() instanceof UnresolvedAddressException) {
      return "its host is unknown";
    }
    if (cause instanceof HttpConnectTimeoutException) {
      return "no connection within " + CONNECT.toSeconds() + " s";
    }
    if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
      return "no answer within " + limit.toMillis() / 1000.0 + " s";
    }
    if (cause instanceof ConnectException) {
      return "the connection was refused";
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
