package io.actionscheduler.callback.plugin;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackFactory;

/**
 * A factory and its origin.
 *
 * @param origin for messages: {@code plugins/alerts.jar}
 */
record Offer(CallbackFactory factory, String origin) {
  Offer {
    requireNonNull(factory, "factory is null");
    requireNonNull(origin, "origin is null");
  }
}
