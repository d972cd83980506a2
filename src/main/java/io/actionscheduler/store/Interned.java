package io.actionscheduler.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Values that many rows share, stored once under a number. The numbers used last are cached. Not
 * safe for use by several threads.
 */
final class Interned {
  private static final int REMEMBERED = 20_000;
  private static final int AT_ONCE = 500;
  private static final int FEW = 10_000;

  private final String table;
  private final List<String> columns;
  private final int leastUses;
  private final Map<List<String>, Long> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<String>, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * @param leastUses how often a new value must occur in one batch to get a number: values that are
   *     used once are better stored in their row
   * @param columns of a value; the table also has {@code id} and {@code digest}
   */
  Interned(String table, int leastUses, String... columns) {
    this.table = table;
    this.leastUses = leastUses;
    this.columns = List.of(columns);
  }

  /** The values that the rows of one write use. */
  final class Batch {
    private final Map<List<String>, Use> uses = new HashMap<>();
    // Rows have the very same text as a rule, which is found without comparing texts.
    private final Map<String, Use> latest = new IdentityHashMap<>(); // by the first text of a value

    /** Notes one use; gives the same object for the same value. */
    Use of(List<String> value) {
      Use use = uses.computeIfAbsent(value, Use::new);
      use.times++;
      return use;
    }

    /** As above, of a value of one text. */
    Use of(String only) {
      Use use = latest.get(only);
      return use == null ? noted(only, List.of(only)) : again(use);
    }

    /** As above, of a value of two texts. */
    Use of(String first, String second) {
      Use use = latest.get(first);
      return use == null || !use.value.get(1).equals(second)
          ? noted(first, List.of(first, second))
          : again(use);
    }

    private Use noted(String first, List<String> value) {
      Use use = of(value);
      latest.put(first, use);
      return use;
    }

    private static Use again(Use use) {
      use.times++;
      return use;
    }

    /** Finds the numbers of all noted values, and assigns new ones. */
    void resolve(Handle handle) throws SQLException {
      Map<String, Use> unknown = new LinkedHashMap<>();
      for (Use use : uses.values()) {
        Long number = known.get(use.value);
        if (number != null) {
          use.number = number;
        } else if (use.times >= leastUses) {
          unknown.put(digest(use.value), use);
        }
      }
      find(handle, unknown);
      if (!unknown.isEmpty()) {
        insert(handle, unknown);
        find(handle, unknown);
      }
    }
  }

  /** A value in a batch. */
  static final class Use {
    private final List<String> value;
    private int times;
    private long number; // 0 for none

    private Use(List<String> value) {
      this.value = value;
    }

    /** The number of the value, or 0 when the value is stored in the row itself. */
    long number() {
      return number;
    }

    List<String> value() {
      return value;
    }
  }

  Batch batch() {
    return new Batch();
  }

  /**
   * Fills the cache from the table, as far as there is room: for a new owner, and after the
   * rollback of a transaction that assigned numbers.
   */
  void learn(Handle handle) throws SQLException {
    known.clear();
    String all =
        "SELECT id, %s FROM %s ORDER BY id DESC LIMIT %d"
            .formatted(String.join(", ", columns), table, REMEMBERED);
    try (PreparedStatement select = handle.getConnection().prepareStatement(all);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        List<String> value = new ArrayList<>(columns.size());
        for (int column = 0; column < columns.size(); column++) {
          value.add(row.getString(column + 2));
        }
        known.put(List.copyOf(value), row.getLong(1));
      }
    }
  }

  /**
   * Deletes values that no row of {@code users} (table and column) refers to, once there are more
   * values than rows: until then they cost less than a search for them. Fills the cache again,
   * since new rows must not get the number of a deleted value.
   */
  void sweep(Handle handle, Map<String, String> users) throws SQLException {
    long values = count(handle, table);
    if (values <= FEW) {
      return;
    }
    long rows = 0;
    StringBuilder unused = new StringBuilder("DELETE FROM " + table + " WHERE id IN (");
    unused.append("SELECT id FROM ").append(table);
    for (Map.Entry<String, String> user : users.entrySet()) {
      rows += count(handle, user.getKey());
      unused.append(" EXCEPT SELECT %2$s FROM %1$s".formatted(user.getKey(), user.getValue()));
    }
    if (values > rows) {
      handle.execute(unused.append(")").toString());
      learn(handle);
    }
  }

  private static long count(Handle handle, String table) {
    return handle.createQuery("SELECT count(*) FROM " + table).mapTo(long.class).one();
  }

  private void insert(Handle handle, Map<String, Use> unknown) throws SQLException {
    List<String> all = new ArrayList<>(List.of("digest"));
    all.addAll(columns);
    Rows.insert("INSERT", table, all, " ON CONFLICT (digest) DO NOTHING")
        .execute(
            handle,
            List.copyOf(unknown.entrySet()),
            (row, each) -> {
              row.text(each.getKey());
              for (String part : each.getValue().value) {
                row.text(part);
              }
            });
  }

  /** Removes the values that the table holds from {@code unknown}, whose keys are digests. */
  private void find(Handle handle, Map<String, Use> unknown) throws SQLException {
    List<String> digests = new ArrayList<>(unknown.keySet());
    for (int from = 0; from < digests.size(); from += AT_ONCE) {
      List<String> some = digests.subList(from, Math.min(digests.size(), from + AT_ONCE));
      String places = String.join(",", Collections.nCopies(some.size(), "?"));
      String sql = "SELECT digest, id FROM " + table + " WHERE digest IN (" + places + ")";
      try (PreparedStatement select = handle.getConnection().prepareStatement(sql)) {
        for (int i = 0; i < some.size(); i++) {
          select.setString(i + 1, some.get(i));
        }
        try (ResultSet row = select.executeQuery()) {
          while (row.next()) {
            Use use = unknown.remove(row.getString(1));
            use.number = row.getLong(2);
            known.put(use.value, use.number);
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
