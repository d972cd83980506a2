package io.actionscheduler.callback.webhook;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.common.SingleFireCallback;
import java.util.Optional;

/** Sends each fire as an HTTP request. A fire is delivered when the server answered with 2xx. */
final class WebhookCallback implements SingleFireCallback {
  private static final int MOST_REDIRECTS = 3;

  private final Requests requests;
  private final Client client;
  private final int concurrency;

  WebhookCallback(Requests requests, Client client, int concurrency) {
    this.requests = requireNonNull(requests, "requests is null");
    this.client = requireNonNull(client, "client is null");
    this.concurrency = concurrency;
  }

  @Override
  public void warmUp() {
    client.open();
  }

  @Override
  public int concurrency() {
    return concurrency;
  }

  @Override
  public void close() {
    client.close();
  }

  @Override
  public String deliver(Delivery delivery) throws CallbackException, InterruptedException {
    boolean oneServer = requests.hasOneServer();
    long until = System.nanoTime() + requests.timeout().toNanos();
    Outgoing request = requests.of(delivery);
    Reply reply = client.send(request, until, oneServer);
    for (int i = 0; i < MOST_REDIRECTS; i++) {
      Optional<Outgoing> next = Redirect.of(request, reply);
      if (next.isEmpty()) {
        break;
      }
      request = next.get();
      reply = client.send(request, until, oneServer);
    }
    return Answer.of(reply, oneServer, delivery.startedAt());
  }
}
