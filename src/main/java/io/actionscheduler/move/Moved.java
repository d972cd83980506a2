package io.actionscheduler.move;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * An action that was found in another program.
 *
 * @param place in its file, such as {@code line 7}
 * @param row its values by column, as files of actions have them
 * @param elsewhere its fire times in the other program
 * @param notes what reads differently here, or is not taken over
 */
public record Moved(
    String place, Map<String, Object> row, Elsewhere elsewhere, List<String> notes) {
  public Moved {
    requireNonNull(place, "place is null");
    row = Map.copyOf(row);
    requireNonNull(elsewhere, "elsewhere is null");
    notes = List.copyOf(notes);
  }

  public String name() {
    return row.get("name").toString();
  }

  /** The text of its schedule here, as the column has it. */
  public Object cron() {
    return row.get("cron");
  }
}
