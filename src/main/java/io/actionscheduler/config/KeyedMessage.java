package io.actionscheduler.config;

import static java.util.Objects.requireNonNull;

/**
 * A message that begins with the key of the setting that it is about, a colon and a space.
 *
 * @param fault the rest of the message
 */
public record KeyedMessage(String key, String fault) {
  public KeyedMessage {
    requireNonNull(key, "key is null");
    requireNonNull(fault, "fault is null");
  }

  /**
   * @param otherwise the key of a message that names none
   */
  public static KeyedMessage of(String message, String otherwise) {
    int colon = message.indexOf(": ");
    return colon < 0
        ? new KeyedMessage(otherwise, message)
        : new KeyedMessage(message.substring(0, colon), message.substring(colon + 2));
  }
}
