package io.actionscheduler.store;

import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Run.Status;
import io.actionscheduler.store.HistoryBlocks.Window;
import io.actionscheduler.store.HistoryPieces.Name;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The latest block of the history, which is not full yet, in memory: for its index once it is full,
 * and to find the latest runs of an action without reading the block. What other writers added is
 * read when it is next needed, and all of it after a transaction failed. Thread-safe; one thread
 * adds at a time.
 */
final class FillingBlock {
  private final BlockPlaces places = new BlockPlaces();
  private long next = -1; // the number of the next record; -1 where none are in memory

  /** Adds records with numbers from {@code first} on, and indexes the blocks that they fill. */
  synchronized void add(Handle handle, long first, List<Run> runs) throws SQLException {
    learnUntil(handle, first);
    for (Run run : runs) {
      if (HistoryPieces.placeOf(next) == 0) {
        places.clear();
      }
      places.add(run.key().action(), HistoryPieces.placeOf(next), run.status() == Status.SUCCESS);
      next++;
      if (HistoryPieces.placeOf(next) == 0) {
        HistoryPieces.write(handle, HistoryBlocks.of(next - 1), places);
      }
    }
  }

  /**
   * Reads the latest block where its records are not in memory, as before the first record of a
   * scheduler that was started just now: the next searches need not read it each time.
   *
   * @param last the number of the latest record that the transaction sees
   */
  synchronized void learn(Handle handle, long last) throws SQLException {
    boolean isFilling = HistoryPieces.placeOf(last + 1) != 0;
    if (next <= last && isFilling) {
      learnUntil(handle, last + 1);
    }
  }

  /**
   * Reads the records before {@code first} that are not in memory: those that others added behind
   * the ones that are, or the whole block.
   */
  private void learnUntil(Handle handle, long first) throws SQLException {
    if (next == first) {
      return;
    }
    boolean follows = next < first && HistoryBlocks.of(next) == HistoryBlocks.of(first);
    int from = follows ? HistoryPieces.placeOf(next) : 0;
    if (from == 0) {
      places.clear();
    }
    next = -1; // until all of it is read
    HistoryPieces.read(handle, HistoryBlocks.of(first), from, HistoryPieces.placeOf(first), places);
    next = first;
  }

  /** Forgets the records, which may not be those of the database. */
  synchronized void forget() {
    places.clear();
    next = -1;
  }

  /**
   * The numbers of an action's records in {@code block} within {@code window}, ascending; empty
   * where they are not known. A transaction that has not ended may still take some of them back, so
   * the caller has to read the records.
   */
  Optional<List<Long>> find(long block, Name name, Window window) {
    return find(block, Set.of(name), window)
        .map(found -> found.getOrDefault(name, new ArrayList<>()));
  }

  /** As above, the latest {@code most} of them, the latest first. */
  synchronized Optional<List<Long>> latest(long block, Name name, Window window, int most) {
    if (next <= window.high() || HistoryBlocks.of(next - 1) != block) {
      return Optional.empty();
    }
    long first = block << HistoryBlocks.BITS;
    List<Long> numbers = new ArrayList<>();
    for (int place : places.latest(name, window.low() - first, window.high() - first, most)) {
      numbers.add(first | place);
    }
    return Optional.of(numbers);
  }

  /** As above, of several actions; one without records is not among the keys. */
  synchronized Optional<Map<Name, List<Long>>> find(long block, Set<Name> names, Window window) {
    if (next <= window.high() || HistoryBlocks.of(next - 1) != block) {
      return Optional.empty();
    }
    Map<Name, List<Long>> numbers = new HashMap<>();
    places.each(
        names,
        (name, place) -> {
          long number = (block << HistoryBlocks.BITS) | place;
          if (number >= window.low() && number <= window.high()) {
            numbers.computeIfAbsent(name, unseen -> new ArrayList<>()).add(number);
          }
        });
    return Optional.of(numbers);
  }
}
