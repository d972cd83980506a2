package io.actionscheduler.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Values that many rows share, kept once and known by a number. The numbers used last are
 * remembered; not safe for use by several threads.
 */
final class Interned {
  private static final int REMEMBERED = 20_000;
  private static final int AT_ONCE = 500;
  private static final int FEW = 10_000;

  private final String table;
  private final Rows insert;
  private final Map<List<String>, Long> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<String>, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param columns that make up a value; beside them the table has {@code id} and {@code digest}
   */
  Interned(String table, String... columns) {
    this.table = table;
    this.insert =
        new Rows(
            "INSERT INTO " + table + " (digest, " + String.join(", ", columns) + ") VALUES ",
            "(" + String.join(", ", Collections.nCopies(columns.length + 1, "?")) + ")",
            " ON CONFLICT (digest) DO NOTHING");
  }

  /** The numbers of {@code values}, given to those that have none yet. */
  Map<List<String>, Long> numbers(Handle handle, Collection<List<String>> values)
      throws SQLException {
    Map<List<String>, Long> numbers = new HashMap<>();
    Map<String, List<String>> unknown = new LinkedHashMap<>();
    for (List<String> value : values) {
      Long number = known.get(value);
      if (number == null) {
        unknown.put(digest(value), value);
      } else {
        numbers.put(value, number);
      }
    }
    find(handle, unknown, numbers);
    if (!unknown.isEmpty()) {
      insert.execute(
          handle,
          List.copyOf(unknown.entrySet()),
          (row, each) -> {
            row.text(each.getKey());
            for (String part : each.getValue()) {
              row.text(part);
            }
          });
      find(handle, unknown, numbers);
    }
    known.putAll(numbers);
    return numbers;
  }

  /**
   * Deletes values that no row of {@code users} (table and column) refers to any more. Costs
   * nothing worth naming while they are few, or no more than the rows.
   */
  void sweep(Handle handle, Map<String, String> users) {
    long rows = FEW;
    StringBuilder unused =
        new StringBuilder("DELETE FROM " + table + " WHERE id IN (SELECT id FROM " + table);
    if (count(handle, table) <= rows) {
      return;
    }
    for (Map.Entry<String, String> user : users.entrySet()) {
      rows += count(handle, user.getKey());
      unused.append(" EXCEPT SELECT %2$s FROM %1$s".formatted(user.getKey(), user.getValue()));
    }
    if (count(handle, table) > rows) {
      handle.execute(unused.append(")").toString());
    }
  }

  private static long count(Handle handle, String table) {
    return handle.createQuery("SELECT count(*) FROM " + table).mapTo(long.class).one();
  }

  /** Must be called when a transaction that {@link #numbers} took part in was rolled back. */
  void forget() {
    known.clear();
  }

  /** Moves what the table holds from {@code unknown} to {@code numbers}. */
  private void find(
      Handle handle, Map<String, List<String>> unknown, Map<List<String>, Long> numbers)
      throws SQLException {
    List<String> digests = new ArrayList<>(unknown.keySet());
    for (int from = 0; from < digests.size(); from += AT_ONCE) {
      List<String> some = digests.subList(from, Math.min(digests.size(), from + AT_ONCE));
      String places = String.join(",", Collections.nCopies(some.size(), "?"));
      try (PreparedStatement select =
          handle
              .getConnection()
              .prepareStatement(
                  "SELECT digest, id FROM " + table + " WHERE digest IN (" + places + ")")) {
        for (int i = 0; i < some.size(); i++) {
          select.setString(i + 1, some.get(i));
        }
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            numbers.put(unknown.remove(row.getString(1)), row.getLong(2));
          }
        }
      }
    }
  }

  private static String digest(List<String> value) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (String part : value) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        sha.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        sha.update(bytes);
      }
      return Base64.getUrlEncoder().withoutPadding().encodeToString(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
