package io.actionscheduler.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * The values of the numbers of an {@link Interned} table, read when first needed. The latest ones
 * are cached, so that rows with the same value share one object. For one reader.
 */
final class Lookup<T> {
  private static final int REMEMBERED = 10_000;
  private static final int AT_ONCE = 500;

  private final String select;
  private final int columns;
  private final Function<List<String>, T> made;
  private final Map<Long, T> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, T> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param made makes the value from the texts of the columns
   */
  Lookup(String table, List<String> columns, Function<List<String>, T> made) {
    this.select =
        "SELECT " + String.join(", ", columns) + ", id FROM " + table + " WHERE id IN (%s)";
    this.columns = columns.size();
    this.made = made;
  }

  /** The values of all {@code numbers} that the table has. */
  Map<Long, T> values(Handle handle, Collection<Long> numbers) throws SQLException {
    Map<Long, T> values = new HashMap<>();
    Set<Long> unknown = new HashSet<>();
    for (Long number : numbers) {
      T value = known.get(number);
      if (value == null) {
        unknown.add(number);
      } else {
        values.put(number, value);
      }
    }
    List<Long> left = new ArrayList<>(unknown);
    for (int from = 0; from < left.size(); from += AT_ONCE) {
      read(handle, left.subList(from, Math.min(left.size(), from + AT_ONCE)), values);
    }
    known.putAll(values);
    return values;
  }

  private void read(Handle handle, List<Long> numbers, Map<Long, T> into) throws SQLException {
    String sql = select.formatted(String.join(",", Collections.nCopies(numbers.size(), "?")));
    try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
      for (int i = 0; i < numbers.size(); i++) {
        statement.setLong(i + 1, numbers.get(i));
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          List<String> texts = new ArrayList<>(columns);
          for (int column = 1; column <= columns; column++) {
            texts.add(row.getString(column));
          }
          into.put(row.getLong(columns + 1), made.apply(texts));
        }
      }
    }
  }
}
