package io.actionscheduler.source;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.SourceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Plans the changes that make the rows of one owner equal to those of a file. Rows are matched by
 * name. A column that the file leaves out becomes NULL, except {@code enabled}, which stays as it
 * is, so that a disabled action is not enabled.
 */
public final class OwnerPlan {
  /** Columns that the file does not set: those the table fills in, and the owner. */
  private static final Set<Column> NOT_COMPARED =
      Set.of(Column.ID, Column.OWNER_ID, Column.CREATED_AT, Column.UPDATED_AT);

  private static final List<Column> COMPARED =
      Arrays.stream(Column.values()).filter(column -> !NOT_COMPARED.contains(column)).toList();

  private final String owner;
  private final boolean adopt;
  private final Map<String, ActionRow> wanted = new LinkedHashMap<>();
  private final Map<String, ActionRow> owned = new LinkedHashMap<>();
  private final Map<String, ActionRow> ownerless = new LinkedHashMap<>();
  private int unchanged;

  /**
   * @param owner whose rows they are
   * @param rows of the file
   * @param adopt whether a row with the same name and no owner becomes the owner's
   * @throws InvalidRow for rows of the file that have an id, no name, another owner, or a name that
   *     the file has twice; it names all of them
   */
  public OwnerPlan(String owner, List<ActionRow> rows, boolean adopt) throws InvalidRow {
    this.owner = requireNonNull(owner, "owner is null");
    this.adopt = adopt;
    List<InvalidRow> faults = new ArrayList<>();
    for (ActionRow row : rows) {
      try {
        want(row);
      } catch (InvalidRow e) {
        faults.add(e);
      }
    }
    if (!faults.isEmpty()) {
      throw InvalidRow.all(faults);
    }
  }

  private void want(ActionRow row) throws InvalidRow {
    if (row.get(Column.ID).isPresent()) {
      throw InvalidRow.of(
              Column.ID, row.raw(Column.ID), "actions are found by their names; leave it out")
          .in(row);
    }
    Optional<String> other = row.get(Column.OWNER_ID).filter(name -> !name.equals(owner));
    if (other.isPresent()) {
      throw InvalidRow.of(Column.OWNER_ID, other.get(), "the owner is " + owner + "; leave it out")
          .in(row);
    }
    String name = row.get(Column.NAME).orElse("");
    if (name.isBlank()) {
      throw InvalidRow.of(Column.NAME, row.raw(Column.NAME), "a name is needed").in(row);
    }
    if (wanted.put(name, row.with(Column.OWNER_ID, Optional.of(owner))) != null) {
      throw InvalidRow.of(Column.NAME, name, "the file has it twice; names tell actions apart")
          .in(row);
    }
  }

  /**
   * The changes that {@code table} needs.
   *
   * @throws InvalidRow where names do not say which rows of the table are meant; it names all of
   *     them
   * @throws SourceException when the action table cannot be read
   */
  public RowChanges of(TableRows table) throws InvalidRow, SourceException {
    owned.clear();
    ownerless.clear();
    List<InvalidRow> faults = new ArrayList<>();
    List<ActionRow> removed = new ArrayList<>();
    table.each(row -> sort(row, removed, faults));
    List<ActionRow> added = new ArrayList<>();
    List<RowChanges.Changed> changed = new ArrayList<>();
    unchanged = 0;
    for (Map.Entry<String, ActionRow> want : wanted.entrySet()) {
      ActionRow there = owned.get(want.getKey());
      if (there == null) {
        there = ownerless.get(want.getKey());
        if (there != null && !adopt) {
          faults.add(
              InvalidRow.of(
                      Column.NAME,
                      want.getKey(),
                      there.label()
                          + " has this name and no owner; take it over with --adopt, or give"
                          + " it another name")
                  .in(want.getValue()));
        }
      }
      if (there == null) {
        added.add(want.getValue());
      } else {
        change(there, want.getValue()).ifPresentOrElse(changed::add, () -> unchanged++);
      }
    }
    if (!faults.isEmpty()) {
      throw InvalidRow.all(faults);
    }
    return new RowChanges(added, changed, removed);
  }

  /** Hands over the rows of a table, each once. */
  @FunctionalInterface
  public interface TableRows {
    /**
     * @throws SourceException when the table cannot be read
     */
    void each(Consumer<ActionRow> row) throws SourceException;
  }

  /** The number of rows that already were as in the file, in the last plan. */
  public int unchanged() {
    return unchanged;
  }

  private void sort(ActionRow row, List<ActionRow> removed, List<InvalidRow> faults) {
    Optional<String> of = row.get(Column.OWNER_ID);
    boolean isOwned = of.equals(Optional.of(owner));
    String name = row.get(Column.NAME).orElse("");
    if (!wanted.containsKey(name)) {
      if (isOwned) {
        removed.add(row); // every one, also where several have one name or none
      }
      return;
    }
    if (of.isPresent() && !isOwned) {
      return;
    }
    Map<String, ActionRow> rows = isOwned ? owned : ownerless;
    ActionRow other = rows.put(name, row);
    if (other != null) {
      faults.add(
          InvalidRow.of(
                  Column.NAME,
                  name,
                  other.label()
                      + " has it too, so that it does not say which one is meant; rename"
                      + " or remove one of them")
              .in(row));
    }
  }

  private Optional<RowChanges.Changed> change(ActionRow there, ActionRow wanted) {
    Map<Column, Optional<String>> values = RowDifference.between(there, wanted, COMPARED);
    if (wanted.get(Column.ENABLED).isEmpty()) {
      values.remove(Column.ENABLED);
    }
    if (there.get(Column.OWNER_ID).isEmpty()) {
      values.put(Column.OWNER_ID, Optional.of(owner));
    }
    return values.isEmpty() ? Optional.empty() : Optional.of(new RowChanges.Changed(there, values));
  }
}
