package io.actionscheduler.store;

import io.actionscheduler.fire.HistoryStore.Filter;
import io.actionscheduler.fire.Run.Status;
import io.actionscheduler.store.HistoryBlocks.Window;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Finds the records of one action: by the pieces of a block, or where it has none (it is not full
 * yet) by what the recorder knows of it, or else by reading it. What the pieces do not tell is
 * asked of the records that they name.
 */
final class ActionRecords {
  private static final int AT_ONCE = 1_000;
  private static final int FIRST_LOOK = 10; // most records are as wanted

  private final Handle handle;
  private final Filter filter;
  private final String others;
  private final Key key;
  private final HistoryPieces.Name name;
  private final FillingBlock filling;

  /**
   * @param others the conditions of the filter beside the action, each with an AND before it
   */
  ActionRecords(Handle handle, Filter filter, String others, FillingBlock filling) {
    this.filling = filling;
    this.handle = handle;
    this.filter = filter;
    this.others = others;
    this.key = Key.of(filter.action().orElseThrow());
    this.name = HistoryPieces.Name.of(key);
  }

  /**
   * The numbers of those in the blocks from {@code low} to {@code high}.
   *
   * @param latest whether the greatest come first, otherwise the smallest
   * @param most how many at most
   */
  List<Long> inBlocks(long low, long high, Window window, boolean latest, int most)
      throws SQLException {
    boolean onlyFaults =
        !filter.statuses().isEmpty() && !filter.statuses().contains(Status.SUCCESS);
    if (low == high && latest) {
      int few = Math.max(most, FIRST_LOOK);
      Optional<List<Long>> known = filling.latest(low, name, window, few);
      if (known.isPresent()) {
        List<Long> found = known.get().isEmpty() ? List.of() : select(in(known.get()), true, most);
        if (found.size() == most || known.get().size() < few) {
          return found;
        }
      }
    }
    if (low == high) {
      Optional<List<Long>> known = filling.find(low, name, window);
      if (known.isPresent()) {
        return among(known.get(), latest, most);
      }
    }
    Map<Long, List<Long>> indexed = HistoryPieces.find(handle, name, low, high, onlyFaults);
    List<Long> found = new ArrayList<>();
    List<Long> asked = new ArrayList<>(); // named by pieces, and not looked at yet
    for (long i = 0; i <= high - low && found.size() < most; i++) {
      long block = latest ? high - i : low + i;
      List<Long> numbers = indexed.get(block);
      if (numbers == null) {
        check(asked, latest, most, found);
        found.addAll(notIndexed(block, window, latest, most - found.size()));
      } else {
        if (latest) {
          Collections.reverse(numbers);
        }
        numbers.stream()
            .filter(number -> number >= window.low() && number <= window.high())
            .forEach(asked::add);
        if (asked.size() >= most - found.size()) {
          check(asked, latest, most, found);
        }
      }
    }
    check(asked, latest, most, found);
    return found.subList(0, Math.min(most, found.size()));
  }

  /** Whether the pieces tell all that the filter asks for. */
  private boolean isExact() {
    return !name.isHash() && others.isEmpty();
  }

  private void check(List<Long> asked, boolean latest, int most, List<Long> found)
      throws SQLException {
    for (int from = 0; from < asked.size() && found.size() < most; from += AT_ONCE) {
      List<Long> some = asked.subList(from, Math.min(asked.size(), from + AT_ONCE));
      found.addAll(isExact() ? some : select(in(some), latest, most - found.size()));
    }
    asked.clear();
  }

  private static String in(List<Long> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(",", "id IN (", ")"));
  }

  private List<Long> notIndexed(long block, Window window, boolean latest, int most)
      throws SQLException {
    Optional<List<Long>> known = filling.find(block, name, window);
    return known.isPresent() ? among(known.get(), latest, most) : read(block, window, latest, most);
  }

  /** Those of {@code numbers}, ascending, whose records are as wanted. */
  private List<Long> among(List<Long> numbers, boolean latest, int most) throws SQLException {
    if (latest) {
      Collections.reverse(numbers);
    }
    List<Long> found = new ArrayList<>();
    int size = Math.min(AT_ONCE, Math.max(most, FIRST_LOOK));
    for (int from = 0; from < numbers.size() && found.size() < most; size = AT_ONCE) {
      List<Long> some = numbers.subList(from, Math.min(numbers.size(), from + size));
      found.addAll(select(in(some), latest, most - found.size()));
      from += some.size();
    }
    return found;
  }

  private List<Long> read(long block, Window window, boolean latest, int most) throws SQLException {
    long low = Math.max(window.low(), block << HistoryBlocks.BITS);
    long high = Math.min(window.high(), HistoryBlocks.last(block));
    return select("id BETWEEN " + low + " AND " + high, latest, most);
  }

  /**
   * Without Jdbi, which takes longer to read so long a statement than the database to answer it.
   */
  private List<Long> select(String numbers, boolean latest, int most) throws SQLException {
    String sql =
        "SELECT id FROM scheduler_history WHERE "
            + numbers
            + " AND action_number = ? AND action_text = ?"
            + others
            + " ORDER BY id "
            + (latest ? "DESC" : "ASC")
            + " LIMIT ?";
    try (PreparedStatement statement = handle.getConnection().prepareStatement(sql)) {
      statement.setLong(1, key.number());
      statement.setString(2, key.text());
      statement.setInt(3, most);
      List<Long> found = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.add(row.getLong(1));
        }
      }
      return found;
    }
  }
}
