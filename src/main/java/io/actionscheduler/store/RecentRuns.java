package io.actionscheduler.store;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.store.HistoryBlocks.Window;
import io.actionscheduler.store.HistoryPieces.Name;
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
import org.jdbi.v3.core.Handle;

/**
 * Finds the latest runs of several actions together. What a search for one action would ask each
 * time is asked once, and all rows are read at the end, without their output.
 */
final class RecentRuns {
  private static final int MOST_BLOCKS = 128; // in one statement
  private static final int LATELY = 8; // blocks
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
      numbers(names, most).values().forEach(numbers::addAll);
    }
    for (int from = 0; from < numbers.size(); from += ROWS_AT_ONCE) {
      for (Entry entry :
          HistoryTable.entries(
              handle,
              HistoryTable.WITHOUT_OUTPUT,
              numbers.subList(from, Math.min(numbers.size(), from + ROWS_AT_ONCE)),
              "")) {
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

  /**
   * The latest record, of any status, of each action that has one among the last hundred thousand
   * records or so. Stops at the first block that is not indexed.
   */
  List<Entry> lately(Collection<ActionId> actions) throws SQLException {
    Set<Name> wanted = new LinkedHashSet<>();
    actions.forEach(action -> wanted.add(Name.of(Key.of(action))));
    long low = HistoryBlocks.of(all.low());
    long high = HistoryBlocks.of(all.high());
    List<Long> found = new ArrayList<>();
    Optional<Map<Name, List<Long>>> latest =
        all.low() <= all.high() && isFilling(high)
            ? filling.find(high, wanted, all)
            : Optional.empty();
    if (latest.isPresent()) {
      takeLatest(wanted, latest.get(), found);
      high--;
    }
    long from = Math.max(low, high - LATELY + 1);
    if (!wanted.isEmpty() && from <= high) {
      Map<Long, Map<Name, List<Long>>> indexed = PiecesOfMany.find(handle, wanted, from, high);
      for (long block = high; block >= from && indexed.containsKey(block); block--) {
        takeLatest(wanted, indexed.get(block), found);
      }
    }
    return found.isEmpty()
        ? List.of()
        : HistoryTable.entries(handle, HistoryTable.WITHOUT_OUTPUT, found, "");
  }

  /** Moves the latest number of each name from {@code numbers} to {@code found}. */
  private void takeLatest(Set<Name> wanted, Map<Name, List<Long>> numbers, List<Long> found) {
    for (Name name : List.copyOf(wanted)) {
      List<Long> one = new ArrayList<>();
      addLatest(numbers.getOrDefault(name, List.of()), 1, one);
      if (!one.isEmpty()) {
        found.addAll(one);
        wanted.remove(name);
      }
    }
  }

  /** Goes back from the latest block, through eight times as many in each round. */
  private Map<Name, List<Long>> numbers(Set<Name> names, int most) throws SQLException {
    Map<Name, List<Long>> found = new LinkedHashMap<>();
    names.forEach(name -> found.put(name, new ArrayList<>()));
    Set<Name> wanted = new LinkedHashSet<>(names);
    long low = HistoryBlocks.of(all.low());
    long high = HistoryBlocks.of(all.high());
    for (int blocks = 1; low <= high && !wanted.isEmpty(); ) {
      long from = Math.max(low, high - blocks + 1);
      Map<Long, Map<Name, List<Long>>> indexed =
          from == high && isFilling(high)
              ? Map.of()
              : PiecesOfMany.find(handle, wanted, from, high);
      for (long block = high; block >= from && !wanted.isEmpty(); block--) {
        Map<Name, List<Long>> numbers = indexed.get(block);
        if (numbers == null) {
          numbers = notIndexed(block, names);
        }
        for (Name name : List.copyOf(wanted)) {
          addLatest(numbers.getOrDefault(name, List.of()), most, found.get(name));
          if (found.get(name).size() >= most) {
            wanted.remove(name);
          }
        }
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
}
