package io.actionscheduler.source.rest;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.Column;
import io.actionscheduler.text.Json;
import io.actionscheduler.text.Quoted;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An entry of a list: JSON values under names that the service chose.
 *
 * @param id of the action
 */
record Entry(ActionId id, Map<?, ?> values) {
  private static final int LONGEST_ID = 200;

  /** Empty where {@code value} is no JSON object, or its id cannot be used. */
  static Optional<Entry> of(String source, Object value, String idField) {
    return value instanceof Map<?, ?> map
        ? id(map.get(idField)).map(id -> new Entry(new ActionId(source + ":" + id), map))
        : Optional.empty();
  }

  /** The service's own id: a whole number or text. */
  private static Optional<String> id(Object id) {
    if (id instanceof Long || id instanceof BigInteger) {
      return Optional.of(id.toString());
    }
    return id instanceof String text
        ? Optional.of(text.strip()).filter(Entry::isId)
        : Optional.empty();
  }

  private static boolean isId(String text) {
    return !text.isEmpty() && text.length() <= LONGEST_ID && Quoted.escape(text).equals(text);
  }

  /**
   * As a row of the action table.
   *
   * @param fields names by column
   * @param mapped the fields that are no further parameters
   */
  ActionRow row(Map<Column, String> fields, Set<String> mapped) {
    Map<Column, String> row = new EnumMap<>(Column.class);
    fields.forEach((column, field) -> text(field).ifPresent(value -> row.put(column, value)));
    row.put(Column.ID, id.text());
    row.putIfAbsent(Column.COMMAND, row.getOrDefault(Column.NAME, ""));
    row.remove(Column.PARAMETERS);
    Map<String, Object> parameters = parameters(fields.get(Column.PARAMETERS), mapped);
    if (!parameters.isEmpty()) {
      row.put(Column.PARAMETERS, Json.write(parameters));
    }
    return ActionRow.of(row);
  }

  private Optional<String> text(String field) {
    Object value = values.get(field);
    if (value == null) {
      return Optional.empty();
    }
    return Optional.of(value instanceof String text ? text : Json.write(value));
  }

  /** The fields that mean nothing else, and what stands in an object of parameters, over them. */
  private Map<String, Object> parameters(String own, Set<String> mapped) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (!mapped.contains(name.toString())) {
            parameters.put(name.toString(), value);
          }
        });
    if (own != null && values.get(own) instanceof Map<?, ?> map) {
      map.forEach((name, value) -> parameters.put(name.toString(), value));
    } else if (own != null && values.get(own) != null) {
      parameters.put(own, values.get(own));
    }
    return parameters;
  }
}
