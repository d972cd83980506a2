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
import io.actionscheduler.source.RowChanges;
import io.actionscheduler.source.RowDifference;
import io.actionscheduler.text.Yaml;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Writes what was found in another program: callbacks into the settings, rows into the table. */
public final class MoveIn {
  /** What an import writes: whatever the row leaves out becomes NULL. */
  private static final List<Column> WRITTEN =
      Arrays.stream(Column.values())
          .filter(column -> column != Column.ID)
          .filter(column -> column != Column.CREATED_AT && column != Column.UPDATED_AT)
          .toList();

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
   * A row as it would be written.
   *
   * @param row with the id of the action that it replaces; without an id where it is added
   * @param before the action that it replaces, as it is now; empty where it is added
   */
  public record Planned(ActionRow row, Optional<ActionRow> before) {

    /** What the replaced action has afterwards that it has not now; empty where nothing changes. */
    public Optional<RowChanges.Changed> change() {
      return before
          .map(there -> new RowChanges.Changed(there, RowDifference.between(there, row, WRITTEN)))
          .filter(change -> !change.values().isEmpty());
    }
  }

  /**
   * Writes the rows as {@link #plan} has them, all or nothing.
   *
   * @throws SourceException when the action table cannot be read or written; nothing is changed
   *     then
   * @throws InvalidRow when a row cannot be used; nothing is written then
   */
  public ActionTable.Imported write(Parts parts) throws SourceException, InvalidRow {
    List<ActionRow> rows = plan(parts.table()).stream().map(Planned::row).toList();
    return new CommandEdits(parts).importAll(rows, ByName.REFUSE, () -> {});
  }

  /**
   * What would be written. An action of the same name that is there already is replaced, whatever
   * its command, so that moving in twice doubles nothing; where several have the name, the one with
   * the same command.
   *
   * @throws SourceException when the action table cannot be read
   * @throws InvalidRow when a row cannot be used
   */
  public List<Planned> plan(ActionTable table) throws SourceException, InvalidRow {
    Map<String, List<ActionRow>> named = new HashMap<>();
    table.each(
        row ->
            row.get(Column.NAME)
                .ifPresent(name -> named.computeIfAbsent(name, any -> new ArrayList<>()).add(row)));
    List<Planned> planned = new ArrayList<>();
    for (ActionRow row : SampleRows.rows(move.actions().stream().map(Moved::row).toList())) {
      List<ActionRow> there = named.getOrDefault(row.get(Column.NAME).orElse(""), List.of());
      Optional<ActionRow> same =
          there.size() == 1
              ? Optional.of(there.get(0))
              : there.stream()
                  .filter(of -> of.get(Column.COMMAND).equals(row.get(Column.COMMAND)))
                  .findFirst();
      planned.add(new Planned(row.with(Column.ID, same.flatMap(of -> of.get(Column.ID))), same));
    }
    return planned;
  }
}
