package io.actionscheduler.app.moving;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.SourceException;
import io.actionscheduler.app.edit.CommandEdits;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.view.InvalidInput;
import io.actionscheduler.app.view.SampleRows;
import io.actionscheduler.move.Move;
import io.actionscheduler.move.Moved;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.ActionTable;
import io.actionscheduler.source.ByName;
import io.actionscheduler.source.Column;
import io.actionscheduler.source.InvalidRow;
import io.actionscheduler.text.Yaml;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

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
   * The edit of the settings that adds the callbacks which {@code known} lacks; empty where it
   * lacks none.
   *
   * @throws InvalidInput where they cannot be added without a change of what people wrote
   * @throws IOException when the file of the settings cannot be read
   */
  public Optional<SettingsEdit> edit(Set<String> known, Path configFile)
      throws InvalidInput, IOException {
    Map<String, Map<String, Object>> missing = new TreeMap<>(move.callbacks());
    missing.keySet().removeAll(known);
    return missing.isEmpty() ? Optional.empty() : Optional.of(SettingsEdit.of(configFile, missing));
  }

  /**
   * Writes the rows, all or nothing. An action of the same name that is there already is replaced,
   * so that moving in twice doubles nothing; where several have the name, the one with the same
   * command.
   *
   * @throws SourceException when the action table cannot be read or written; nothing is changed
   *     then
   * @throws InvalidRow when a row cannot be used; nothing is written then
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
    return new CommandEdits(parts).importAll(rows, ByName.REFUSE);
  }
}
