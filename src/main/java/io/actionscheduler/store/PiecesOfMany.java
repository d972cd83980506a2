package io.actionscheduler.store;

import io.actionscheduler.store.HistoryPieces.Name;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Finds the records of several actions in full blocks. Two statements ask for all of them, since a
 * statement for each would spend more time on its way to the database than there; and a piece that
 * names several of the actions, as pieces of a page of jobs do, is read once.
 */
final class PiecesOfMany {
  private static final int AT_ONCE = 500; // rows of VALUES

  /**
   * For each action and block: the number of pieces that begin with the action, and the greatest
   * first key before it. The piece that begins with that key may contain the action, too.
   */
  private static final String PLACES =
      """
      WITH wanted (kind, first_key) AS (VALUES %s)
      SELECT b.block, wanted.kind, wanted.first_key, (
          SELECT count(*) FROM scheduler_history_piece AS p
          WHERE p.block = b.block AND p.kind = wanted.kind AND p.first_key = wanted.first_key), (
          SELECT max(p.first_key) FROM scheduler_history_piece AS p
          WHERE p.block = b.block AND p.kind = wanted.kind AND p.first_key < wanted.first_key)
      FROM scheduler_history_block AS b CROSS JOIN wanted
      WHERE b.block BETWEEN ? AND ? AND b.indexed = 1
      """;

  private static final String ENTRIES =
      """
      WITH wanted (block, kind, first_key) AS (VALUES %s)
      SELECT wanted.block, wanted.kind, (
          SELECT p.entries FROM scheduler_history_piece AS p
          WHERE p.block = wanted.block AND p.kind = wanted.kind
            AND p.first_key = wanted.first_key
          ORDER BY p.first_place DESC LIMIT 1)
      FROM wanted
      """;

  private final Handle handle;
  private final Set<Name> names;
  private final Map<Long, Map<Name, List<Long>>> found = new HashMap<>();

  private record Piece(long block, int kind, long firstKey) {}

  private PiecesOfMany(Handle handle, Collection<Name> names) {
    this.handle = handle;
    this.names = new HashSet<>(names);
  }

  /**
   * The numbers of the actions' records in the indexed blocks from {@code low} to {@code high}, by
   * block and name, ascending. A block that is not indexed is not among the keys, nor is an action
   * without records among those of its block.
   */
  static Map<Long, Map<Name, List<Long>>> find(
      Handle handle, Collection<Name> names, long low, long high) throws SQLException {
    PiecesOfMany search = new PiecesOfMany(handle, names);
    List<Name> wanted = List.copyOf(search.names);
    for (int from = 0; from < wanted.size(); from += AT_ONCE) {
      search.find(wanted.subList(from, Math.min(wanted.size(), from + AT_ONCE)), low, high);
    }
    search.found.values().forEach(block -> block.values().forEach(Collections::sort));
    return search.found;
  }

  private void find(List<Name> wanted, long low, long high) throws SQLException {
    Set<Piece> before = new LinkedHashSet<>();
    List<Piece> begun = new ArrayList<>(); // by name instead of the first key of a piece
    try (PreparedStatement statement = prepared(PLACES, 2, wanted.size())) {
      int place = 1;
      for (Name name : wanted) {
        statement.setInt(place++, name.kind());
        statement.setLong(place++, name.key());
      }
      statement.setLong(place++, low);
      statement.setLong(place, high);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          long block = row.getLong(1);
          found.computeIfAbsent(block, unseen -> new HashMap<>());
          if (row.getLong(4) > 0) {
            begun.add(new Piece(block, row.getInt(2), row.getLong(3)));
          }
          long firstKey = row.getLong(5);
          if (!row.wasNull()) {
            before.add(new Piece(block, row.getInt(2), firstKey));
          }
        }
      }
    }
    List<Piece> pieces = List.copyOf(before);
    for (int from = 0; from < pieces.size(); from += AT_ONCE) {
      read(pieces.subList(from, Math.min(pieces.size(), from + AT_ONCE)));
    }
    for (Piece piece : begun) { // it may begin several, and end the one before them
      Name name = new Name(piece.kind(), piece.firstKey());
      List<Long> all =
          HistoryPieces.find(handle, name, piece.block(), piece.block(), false).get(piece.block());
      found.get(piece.block()).put(name, all);
    }
  }

  private void read(List<Piece> pieces) throws SQLException {
    try (PreparedStatement statement = prepared(ENTRIES, 3, pieces.size())) {
      int place = 1;
      for (Piece piece : pieces) {
        statement.setLong(place++, piece.block());
        statement.setInt(place++, piece.kind());
        statement.setLong(place++, piece.firstKey());
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          long block = row.getLong(1);
          Map<Name, List<Long>> of = found.get(block);
          int kind = row.getInt(2);
          HistoryPieces.each(
              ByteBuffer.wrap(row.getBytes(3)),
              (key, number) -> {
                Name name = new Name(kind, key);
                if (names.contains(name)) {
                  of.computeIfAbsent(name, unseen -> new ArrayList<>()).add(number);
                }
              },
              block);
        }
      }
    }
  }

  private PreparedStatement prepared(String sql, int columns, int rows) throws SQLException {
    String row = "(?" + ", ?".repeat(columns - 1) + ")";
    return handle
        .getConnection()
        .prepareStatement(sql.formatted(String.join(", ", Collections.nCopies(rows, row))));
  }
}
