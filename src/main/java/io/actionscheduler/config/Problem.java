package io.actionscheduler.config;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.text.Quoted;

/**
 * Something in the settings that stops the start.
 *
 * @param source a file, with its line where there is one, or a variable
 * @param key of the setting; empty where it is about the whole source
 * @param message fault, value (secrets masked) and remedy; one line, but for an example file
 */
public record Problem(String source, String key, String message) {
  public Problem {
    requireNonNull(source, "source is null");
    requireNonNull(key, "key is null");
    requireNonNull(message, "message is null");
  }

  /** One line: {@code config.yaml:12: action.callback: "kafak" is unknown; did you mean kafka?} */
  @Override
  public String toString() {
    String at = Quoted.escape(source) + ": "; // names may contain anything, too
    return at + (key.isEmpty() ? "" : Quoted.visible(key) + ": ") + message;
  }
}
