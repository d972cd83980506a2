package io.actionscheduler.callback.webhook;

import io.actionscheduler.callback.CallbackException;
import java.util.Optional;

/** Sends one request and waits for its answer. Thread-safe. */
interface Wire {

  /**
   * The answer, as far as it came: its body may never end, or have broken off. Empty when the
   * server takes no more requests at a time on its connection, and it was not sent.
   *
   * @param until by {@link System#nanoTime}
   * @throws CallbackException when there is no answer, as {@code errors} makes it
   */
  Optional<Reply> exchange(Outgoing request, long until, WebhookErrors errors)
      throws CallbackException, InterruptedException;

  /** Does beforehand what slows down the first request. */
  void open();

  /** Breaks off what is under way, and whatever is sent from now on. */
  void close();
}
