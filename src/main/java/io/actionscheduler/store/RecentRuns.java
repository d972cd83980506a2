package io.actionscheduler.store;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.store.HistoryBlocks.Window;
import io.actionscheduler.store.HistoryPieces.Name;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Finds the latest runs of several actions together. What a search for one action would ask each
 * time is asked once, and all rows are read at the end, without their output.
 */
final class RecentRuns {
  private static final int MOST_BLOCKS = 128; // in one statement
  private static final int ROWS_AT_ONCE = 1_000;

  private final Handle handle;
  private final FillingBlock filling;
  private final Window all;
  private final Map<Long, Map<Name, List<Long>>> notIndexed = new HashMap<>(); // by block

  RecentRuns(Handle handle, FillingBlock filling) throws SQLException {
    this.handle = handle;
    this.filling = filling;
    this.all = HistorySearch.all(handle);
    filling.learn(handle, all.high());
  }

  /** The latest {@code most} of each action, the latest first. */
  Map<ActionId, List<Entry>> of(Collection<ActionId> actions, int most) throws SQLException {
    Map<ActionId, List<Entry>> latest = new LinkedHashMap<>();
    actions.forEach(action -> latest.put(action, new ArrayList<>()));
    List<Long> numbers = new ArrayList<>();
    if (all.low() <= all.high()) {
      Set<Name> names = new LinkedHashSet<>();
      latest.keySet().forEach(action -> names.add(Name.of(Key.of(action))));
      for (Name name : names) {
        numbers.addAll(numbers(name, names, most));
      }
    }
    for (int from = 0; from < numbers.size(); from += ROWS_AT_ONCE) {
      for (Entry entry :
          read(numbers.subList(from, Math.min(numbers.size(), from + ROWS_AT_ONCE)))) {
        // A name may be the hash of another action's id.
        List<Entry> known = latest.get(entry.run().key().action());
        if (known != null) {
          known.add(entry);
        }
      }
    }
    latest.values().forEach(runs -> runs.sort(Comparator.comparingLong(Entry::number).reversed()));
    return latest;
  }

  /** Goes back from the latest block, through eight times as many in each round. */
  private List<Long> numbers(Name name, Set<Name> names, int most) throws SQLException {
    List<Long> found = new ArrayList<>();
    long low = HistoryBlocks.of(all.low());
    long high = HistoryBlocks.of(all.high());
    for (int blocks = 1; low <= high && found.size() < most; ) {
      long from = Math.max(low, high - blocks + 1);
      Map<Long, List<Long>> indexed =
          from == high && isFilling(high)
              ? Map.of()
              : HistoryPieces.find(handle, name, from, high, false);
      for (long block = high; block >= from && found.size() < most; block--) {
        List<Long> numbers = indexed.get(block);
        if (numbers == null) {
          numbers = notIndexed(block, names).getOrDefault(name, List.of());
        }
        addLatest(numbers, most, found);
      }
      high = from - 1;
      blocks = Math.min(8 * blocks, MOST_BLOCKS);
    }
    return found;
  }

  /** Whether a block cannot be indexed, since it is not full. */
  private boolean isFilling(long block) {
    return all.high() < HistoryBlocks.last(block);
  }

  private void addLatest(List<Long> ascending, int most, List<Long> found) {
    for (int i = ascending.size() - 1; i >= 0 && found.size() < most; i--) {
      long number = ascending.get(i);
      if (number >= all.low() && number <= all.high()) {
        found.add(number);
      }
    }
  }

  private Map<Name, List<Long>> notIndexed(long block, Set<Name> names) throws SQLException {
    Map<Name, List<Long>> known = notIndexed.get(block);
    if (known == null) {
      Optional<Map<Name, List<Long>>> inMemory = filling.find(block, names, all);
      known = inMemory.isPresent() ? inMemory.get() : read(block, names);
      notIndexed.put(block, known);
    }
    return known;
  }

  private Map<Name, List<Long>> read(long block, Set<Name> names) throws SQLException {
    Map<Name, List<Long>> numbers = new HashMap<>();
    HistoryPieces.read(handle, block)
        .each(
            names,
            (name, place) ->
                numbers
                    .computeIfAbsent(name, unseen -> new ArrayList<>())
                    .add((block << HistoryBlocks.BITS) | place));
    numbers.values().forEach(Collections::sort);
    return numbers;
  }

  /**
   * Without Jdbi, which takes longer to read so long a statement than the database to answer it.
   */
  private List<Entry> read(List<Long> numbers) throws SQLException {
    String in = numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    try (PreparedStatement statement =
            handle
                .getConnection()
                .prepareStatement(HistoryTable.WITHOUT_OUTPUT + " WHERE id IN (" + in + ")");
        ResultSet row = statement.executeQuery()) {
      List<Entry> entries = new ArrayList<>();
      while (row.next()) {
        entries.add(HistoryTable.entry(row));
      }
      return entries;
    }
  }
}
