package io.actionscheduler.app.moving;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.SourceException;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.view.InvalidInput;
import io.actionscheduler.app.view.SampleRows;
import io.actionscheduler.move.Move;
import io.actionscheduler.move.Moved;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.ActionTable;
import io.actionscheduler.source.Column;
import io.actionscheduler.source.InvalidRow;
import io.actionscheduler.text.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Writes what was found in another program: callbacks into the settings, rows into the table. */
public final class MoveIn {
  private final Move move;

  public MoveIn(Move move) {
    this.move = requireNonNull(move, "move is null");
  }

  /** The lines of the settings that its callbacks need; empty when it needs none. */
  public String settings() {
    return move.callbacks().isEmpty() ? "" : Yaml.write(Map.of("callbacks", move.callbacks()));
  }

  /**
   * Adds the callbacks that {@code known} lacks to the settings, where these have no section of
   * callbacks yet.
   *
   * @return whether lines were added
   * @throws InvalidInput where there is such a section: people write into it themselves
   */
  public boolean addCallbacks(Set<String> known, Path configFile) throws InvalidInput, IOException {
    Set<String> missing = new TreeSet<>(move.callbacks().keySet());
    missing.removeAll(known);
    if (missing.isEmpty()) {
      return false;
    }
    String text = Files.exists(configFile) ? Files.readString(configFile) : "";
    if (text.lines().anyMatch(line -> line.startsWith("callbacks:"))) {
      throw new InvalidInput(
          configFile
              + ": callbacks: has no "
              + String.join(", ", missing)
              + "; nothing was written; add these lines to its callbacks, then run the command again:\n"
              + settings());
    }
    String lines = (text.isEmpty() || text.endsWith("\n") ? "" : "\n") + settings();
    Files.writeString(configFile, lines, StandardOpenOption.APPEND, StandardOpenOption.CREATE);
    return true;
  }

  /**
   * Writes the rows, all or nothing. An action of the same name that is there already is replaced,
   * so that moving in twice doubles nothing; where several have the name, the one with the same
   * command.
   */
  public ActionTable.Imported write(Parts parts) throws SourceException, InvalidRow {
    Map<String, List<ActionRow>> named = new HashMap<>();
    parts
        .table()
        .each(
            row ->
                row.get(Column.NAME)
                    .ifPresent(
                        name -> named.computeIfAbsent(name, any -> new ArrayList<>()).add(row)));
    List<ActionRow> rows = new ArrayList<>();
    for (ActionRow row : SampleRows.rows(move.actions().stream().map(Moved::row).toList())) {
      List<ActionRow> there = named.getOrDefault(row.get(Column.NAME).orElse(""), List.of());
      Optional<ActionRow> same =
          there.size() == 1
              ? Optional.of(there.get(0))
              : there.stream()
                  .filter(of -> of.get(Column.COMMAND).equals(row.get(Column.COMMAND)))
                  .findFirst();
      rows.add(row.with(Column.ID, same.flatMap(of -> of.get(Column.ID))));
    }
    return parts.table().importAll(rows, ActionTable.ByName.REFUSE);
  }
}
