package io.actionscheduler.move;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;

/**
 * Fire times of one kind that differ.
 *
 * @param count how many moments
 * @param examples the first of them, three at most
 */
public record Difference(Kind kind, long count, List<Example> examples) {
  /** The likely cause of the difference, judged by the times. */
  public enum Kind {
    CLOCK_CHANGE("clock changes"),
    DAY("days: day rules, weekday numbers"),
    TIME("times of the day: steps, ranges");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    public String words() {
      return words;
    }
  }

  /** How often it runs at a moment here and in the other program. */
  public record Example(Instant at, int here, int there) {}

  public Difference {
    requireNonNull(kind, "kind is null");
    examples = List.copyOf(examples);
  }
}
