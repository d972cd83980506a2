package io.actionscheduler.move.out;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.move.Elsewhere;
import java.util.List;

/**
 * An action in the form of another program.
 *
 * @param text the text for its files
 * @param there the times at which that program runs it, by its own rules
 * @param notes parts of the action that the text lacks
 */
public record Said(String text, Elsewhere there, List<String> notes) {
  public Said {
    requireNonNull(text, "text is null");
    requireNonNull(there, "there is null");
    notes = List.copyOf(notes);
  }
}
