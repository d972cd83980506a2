package io.actionscheduler.events;

import java.util.concurrent.CompletableFuture;

/** Sends one event to one receiver. */
@FunctionalInterface
interface Transport {
  /** Returns at once. The reply always comes, within the time limit of the receiver. */
  CompletableFuture<Reply> send(Receiver receiver, Event event);
}
