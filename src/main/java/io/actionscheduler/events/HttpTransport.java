package io.actionscheduler.events;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.webhook.DocumentClient;
import io.actionscheduler.callback.webhook.Signature;
import io.actionscheduler.concurrent.Daemons;
import io.actionscheduler.text.HeaderText;
import io.actionscheduler.text.Json;
import io.actionscheduler.text.RetryAfter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * Sends events in the form of Standard Webhooks, with the client of webhook callbacks. Only the
 * status of an answer matters, and an event that arrives twice has the same id.
 */
final class HttpTransport implements Transport, AutoCloseable {
  private final InstantSource clock;
  private final DocumentClient client;

  /** As many threads as there are requests under way; idle ones end. */
  private final ExecutorService senders =
      Executors.newCachedThreadPool(Daemons.named("webhook-events"));

  /**
   * @param concurrency the most requests at a time; 1 or more
   */
  HttpTransport(InstantSource clock, int concurrency) {
    this.clock = clock;
    this.client = new DocumentClient(concurrency);
  }

  @Override
  public CompletableFuture<Reply> send(Receiver receiver, Event event) {
    return CompletableFuture.supplyAsync(() -> exchange(receiver, event), senders);
  }

  private Reply exchange(Receiver receiver, Event event) {
    byte[] body = Json.write(event.body().get()).getBytes(StandardCharsets.UTF_8);
    try {
      DocumentClient.Answered answer =
          client.send(
              "POST",
              receiver.address(),
              headers(receiver, event, body),
              body,
              receiver.limits().timeout());
      return Reply.of(answer.status(), pause(answer));
    } catch (CallbackException e) {
      return Reply.unavailable(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Reply.unavailable("stopped before it answered");
    }
  }

  private Map<String, String> headers(Receiver receiver, Event event, byte[] body) {
    String id = HeaderText.of(event.id());
    long timestamp = clock.instant().getEpochSecond();
    return Map.of(
        "Content-Type",
        "application/json",
        "User-Agent",
        "action-scheduler",
        "webhook-id",
        id,
        "webhook-timestamp",
        Long.toString(timestamp),
        "webhook-signature",
        signatures(receiver.secrets(), id, timestamp, body));
  }

  private static String signatures(List<String> secrets, String id, long timestamp, byte[] body) {
    return secrets.stream()
        .map(secret -> new Signature(secret).sign(id, timestamp, body))
        .collect(Collectors.joining(" "));
  }

  /** The wait that an answer asks for; zero without a valid {@code Retry-After}. */
  private Duration pause(DocumentClient.Answered answer) {
    return answer
        .header("Retry-After")
        .flatMap(value -> RetryAfter.read(value, answer.header("Date"), clock.instant()))
        .orElse(Duration.ZERO);
  }

  @Override
  public void close() {
    client.close();
    senders.shutdown();
  }
}
