package io.actionscheduler.source;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.text.Quoted;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** A row of the action table with every value as text, unchecked. */
public final class ActionRow {
  private static final int WIDTH = Column.values().length;

  private final String[] values; // by the column's ordinal; null for NULL and for a missing column
  private final InvalidRow fault; // null, except where a value could not even be read as text

  private ActionRow(String[] values, InvalidRow fault) {
    this.values = values;
    this.fault = fault;
  }

  /** A row of these values; the columns left out are NULL. */
  public static ActionRow of(Map<Column, String> values) {
    String[] all = new String[WIDTH];
    values.forEach((column, value) -> all[column.ordinal()] = value);
    return new ActionRow(all, null);
  }

  /** Takes over {@code values}, one for each column. */
  static ActionRow ofAll(String[] values) {
    return new ActionRow(values, null);
  }

  /** A row that cannot be understood because of {@code fault}. */
  static ActionRow unreadable(String[] values, InvalidRow fault) {
    return new ActionRow(values, requireNonNull(fault, "fault is null"));
  }

  static String[] emptyValues() {
    return new String[WIDTH];
  }

  /** The value, or empty where it is NULL. */
  public Optional<String> get(Column column) {
    return Optional.ofNullable(values[column.ordinal()]);
  }

  /** The value as a whole number; empty where it is NULL or none. */
  public OptionalLong number(Column column) {
    String text = values[column.ordinal()];
    return text == null ? OptionalLong.empty() : Values.whole(text);
  }

  /** The value as true or false; empty where it is NULL or neither. */
  public Optional<Boolean> flag(Column column) {
    String text = values[column.ordinal()];
    return text == null ? Optional.empty() : Values.flag(text);
  }

  /** This row with another value in {@code column}; empty for NULL. */
  public ActionRow with(Column column, Optional<String> value) {
    String[] copy = values.clone();
    copy[column.ordinal()] = value.orElse(null);
    return new ActionRow(copy, fault);
  }

  /** The values that are not NULL. */
  public Map<Column, String> values() {
    Map<Column, String> given = new EnumMap<>(Column.class);
    for (Column column : Column.values()) {
      if (values[column.ordinal()] != null) {
        given.put(column, values[column.ordinal()]);
      }
    }
    return given;
  }

  /** Its name in messages: {@code action 7 "nightly report"}, {@code new action "report"}. */
  public String label() {
    String id = values[Column.ID.ordinal()];
    String name = values[Column.NAME.ordinal()];
    return (id == null ? "new action" : "action " + Quoted.escape(id))
        + (name == null ? "" : " " + Quoted.quote(name));
  }

  /** The value, or null: rows are read by the million. */
  String raw(Column column) {
    return values[column.ordinal()];
  }

  Optional<InvalidRow> fault() {
    return Optional.ofNullable(fault);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ActionRow that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return values().toString();
  }
}
