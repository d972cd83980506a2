package io.actionscheduler.callback.webhook;

import io.actionscheduler.callback.CallbackException;
import java.util.Optional;

/** Sends one request and waits for its answer. Thread-safe. */
interface Wire {

  /**
   * Sends a request. The answer may lack the rest of its body, which may never end or may have been
   * cut off. Empty when the request was not sent, because the server takes no more requests at a
   * time on its connection.
   *
   * @param until a moment of {@code System#nanoTime}
   * @throws CallbackException when there is no answer; made by {@code errors}
   * @throws InterruptedException when the scheduler stops meanwhile; the server may have the
   *     request
   */
  Optional<Reply> exchange(Outgoing request, long until, WebhookErrors errors)
      throws CallbackException, InterruptedException;

  /** Prepares what would delay the first request. */
  void open();

  /** Cuts the requests under way, and all that are sent from now on. */
  void close();
}
