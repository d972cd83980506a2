package io.actionscheduler.store;

import io.actionscheduler.db.KeptStatements;
import io.actionscheduler.fire.Run.Status;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * The table {@code scheduler_history_piece}, which says to which action each record of a full block
 * belongs. It is an index that is written once for each block, in order; a usual index would be
 * written for each record, in the order in which actions fire.
 */
final class HistoryPieces {
  /** Entries of a piece; three such pieces fill a page of SQLite. */
  private static final int ENTRIES = 120;

  private static final int BYTES = 10;
  private static final int WENT_WELL = 1 << 15;

  /**
   * The pieces of each block that may have entries of an action: those that begin with it, and the
   * last that begins before it. CROSS JOIN, as SQLite would otherwise go through all pieces of all
   * these blocks.
   */
  private static final String OF_KEY =
      """
      SELECT b.block, p.entries
      FROM scheduler_history_block AS b CROSS JOIN scheduler_history_piece AS p
      WHERE p.block = b.block AND p.kind = ? AND p.first_key = ?
        AND b.block BETWEEN ? AND ? AND b.indexed = 1
      UNION ALL
      SELECT b.block, (
        SELECT p.entries FROM scheduler_history_piece AS p
        WHERE p.block = b.block AND p.kind = ? AND p.first_key < ?
        ORDER BY p.first_key DESC, p.first_place DESC LIMIT 1)
      FROM scheduler_history_block AS b
      WHERE b.block BETWEEN ? AND ? AND b.indexed = 1
      """;

  /**
   * The name of an action in this table.
   *
   * @param kind 0 where {@code key} is its number, 1 where it is a hash of its text
   */
  record Name(int kind, long key) {
    static Name of(Key action) {
      return action.text().isEmpty()
          ? new Name(0, action.number())
          : new Name(1, hash(action.text()));
    }

    private static long hash(String text) {
      try {
        byte[] hash =
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(hash).getLong();
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e); // every Java has it
      }
    }

    /** Whether another action may have the same name. */
    boolean isHash() {
      return kind != 0;
    }
  }

  private HistoryPieces() {}

  static int placeOf(long number) {
    return (int) (number & ((1L << HistoryBlocks.BITS) - 1));
  }

  /** Writes the index of a full block. */
  static void write(Handle handle, long block, BlockPlaces places) throws SQLException {
    int[] sorted = places.sorted();
    String insert =
        "INSERT INTO scheduler_history_piece (block, kind, first_key, first_place, entries)"
            + " VALUES (?, ?, ?, ?, ?)";
    try (PreparedStatement statement = handle.getConnection().prepareStatement(insert)) {
      int from = 0;
      while (from < sorted.length) {
        int to = from;
        int kind = places.kind(sorted[from]);
        ByteBuffer entries = ByteBuffer.allocate(ENTRIES * BYTES);
        while (to < sorted.length && to - from < ENTRIES && places.kind(sorted[to]) == kind) {
          int place = sorted[to++];
          entries.putLong(places.key(place));
          entries.putShort((short) (place | (places.wentWell(place) ? WENT_WELL : 0)));
        }
        statement.setLong(1, block);
        statement.setInt(2, kind);
        statement.setLong(3, places.key(sorted[from]));
        statement.setInt(4, sorted[from]);
        statement.setBytes(5, java.util.Arrays.copyOf(entries.array(), entries.position()));
        statement.addBatch();
        from = to;
      }
      statement.executeBatch();
    }
    handle.execute("UPDATE scheduler_history_block SET indexed = 1 WHERE block = ?", block);
  }

  /** Reads the places of a block from its records. */
  static BlockPlaces read(Handle handle, long block) throws SQLException {
    BlockPlaces places = new BlockPlaces();
    read(handle, block, 0, 1 << HistoryBlocks.BITS, places);
    return places;
  }

  /** Adds the places of a block from its records, from {@code first} on and before {@code end}. */
  static void read(Handle handle, long block, int first, int end, BlockPlaces places)
      throws SQLException {
    String select =
        """
        SELECT id, action_number, action_text, status FROM scheduler_history
        WHERE id BETWEEN ? AND ? ORDER BY id
        """;
    try (PreparedStatement statement = handle.getConnection().prepareStatement(select)) {
      statement.setLong(1, (block << HistoryBlocks.BITS) + first);
      statement.setLong(2, (block << HistoryBlocks.BITS) + end - 1);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          places.add(
              Name.of(Key.of(row)),
              placeOf(row.getLong("id")),
              row.getString("status").equals(Status.SUCCESS.name()));
        }
      }
    }
  }

  /**
   * The numbers of an action's records in the indexed blocks from {@code low} to {@code high}, by
   * block, ascending. A block that is not indexed is not among the keys.
   *
   * @param onlyFaults without deliveries
   */
  static Map<Long, List<Long>> find(
      Handle handle, Name name, long low, long high, boolean onlyFaults) throws SQLException {
    Map<Long, List<Long>> found = new TreeMap<>();
    try (KeptStatements.Loan loan = KeptStatements.lend(handle, OF_KEY)) {
      PreparedStatement statement = loan.statement();
      for (int half = 0; half < 8; half += 4) {
        statement.setInt(half + 1, name.kind());
        statement.setLong(half + 2, name.key());
        statement.setLong(half + 3, low);
        statement.setLong(half + 4, high);
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          long block = row.getLong(1);
          List<Long> numbers = found.computeIfAbsent(block, unseen -> new ArrayList<>());
          byte[] entries = row.getBytes(2);
          if (entries != null) { // NULL where no piece begins before
            collect(ByteBuffer.wrap(entries), name.key(), block, onlyFaults, numbers);
          }
        }
      }
    }
    found.values().forEach(Collections::sort);
    return found;
  }

  private static void collect(
      ByteBuffer entries, long key, long block, boolean onlyFaults, List<Long> into) {
    int low = 0;
    int high = entries.capacity() / BYTES;
    int end = high;
    while (low < high) { // the first entry that is not before the key
      int middle = (low + high) >>> 1;
      if (entries.getLong(middle * BYTES) < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    for (int i = low; i < end && entries.getLong(i * BYTES) == key; i++) {
      int place = entries.getShort(i * BYTES + Long.BYTES);
      if (!onlyFaults || (place & WENT_WELL) == 0) {
        into.add((block << HistoryBlocks.BITS) | (place & (WENT_WELL - 1)));
      }
    }
  }

  /** Takes an entry of a piece. */
  @FunctionalInterface
  interface EachEntry {
    /**
     * @param number of a record
     */
    void take(long key, long number);
  }

  /** Goes through the entries of a piece of {@code block}. */
  static void each(ByteBuffer entries, EachEntry each, long block) {
    for (int at = 0; at < entries.capacity(); at += BYTES) {
      int place = entries.getShort(at + Long.BYTES) & (WENT_WELL - 1);
      each.take(entries.getLong(at), (block << HistoryBlocks.BITS) | place);
    }
  }

  /** Deletes the index of the blocks in which every number is below {@code end}. */
  static void drop(Handle handle, long end) {
    handle
        .createUpdate("DELETE FROM scheduler_history_piece WHERE block < :block")
        .bind("block", HistoryBlocks.of(end))
        .execute();
  }
}
