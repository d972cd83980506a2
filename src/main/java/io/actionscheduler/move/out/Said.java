package io.actionscheduler.move.out;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.move.Elsewhere;
import java.util.List;

/**
 * An action in the words of another program.
 *
 * @param text what stands in its files
 * @param there when that program runs it, by its own rules
 * @param notes what of the action is not in the text
 */
public record Said(String text, Elsewhere there, List<String> notes) {
  public Said {
    requireNonNull(text, "text is null");
    requireNonNull(there, "there is null");
    notes = List.copyOf(notes);
  }
}
