package io.actionscheduler.testing;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A line of a process, without its end.
 *
 * @param receivedAt when this side of the pipe had it, by the clock of the machine
 */
public record Line(Instant receivedAt, String text) {
  public Line {
    requireNonNull(receivedAt, "receivedAt is null");
    requireNonNull(text, "text is null");
  }

  /** What a line of standard output says after its time: the command. */
  public String command() {
    int bar = text.indexOf(" | ");
    if (bar < 0) {
      throw new IllegalStateException("no line of a fire: " + text);
    }
    return text.substring(bar + 3);
  }
}
