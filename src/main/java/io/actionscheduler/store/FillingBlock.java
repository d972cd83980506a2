package io.actionscheduler.store;

import io.actionscheduler.fire.Run;
import io.actionscheduler.store.HistoryBlocks.Window;
import io.actionscheduler.store.HistoryPieces.Name;
import io.actionscheduler.store.HistoryPieces.Place;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The records of the block that fills up, kept in memory: to index it once it is full, and to find
 * the latest runs of an action without reading it. Where others added records in between, or where
 * a transaction failed, the block is read again. Safe for use by many threads; one adds at a time.
 */
final class FillingBlock {
  private final List<Place> places = new ArrayList<>();
  private long next = -1; // the number that continues what is kept; -1 where nothing is

  /** Takes note of records with numbers from {@code first} on, and indexes the blocks they fill. */
  synchronized void add(Handle handle, long first, List<Run> runs) throws SQLException {
    if (first != next) {
      load(handle, first);
    }
    for (Run run : runs) {
      if (HistoryPieces.placeOf(next) == 0) {
        places.clear();
      }
      places.add(Place.of(next, run));
      next++;
      if (HistoryPieces.placeOf(next) == 0) {
        HistoryPieces.write(handle, HistoryBlocks.of(next - 1), places);
      }
    }
  }

  private void load(Handle handle, long first) throws SQLException {
    places.clear();
    for (Place place : HistoryPieces.read(handle, HistoryBlocks.of(first))) {
      if (place.place() < HistoryPieces.placeOf(first)) {
        places.add(place);
      }
    }
    next = first;
  }

  /** Forgets what is kept: it may not be what the database holds. */
  synchronized void forget() {
    places.clear();
    next = -1;
  }

  /**
   * The numbers of an action's records in the block within {@code window}, ascending, or empty
   * where they are not known. Among them may be some that a failing transaction is about to take
   * back: what becomes of a number is to be asked of its record.
   */
  synchronized Optional<List<Long>> find(long block, Name name, Window window) {
    if (next <= window.high() || HistoryBlocks.of(next - 1) != block) {
      return Optional.empty();
    }
    List<Long> numbers = new ArrayList<>();
    for (Place place : places) {
      if (place.name().key() == name.key() && place.name().kind() == name.kind()) {
        long number = (block << HistoryBlocks.BITS) | place.place();
        if (number >= window.low() && number <= window.high()) {
          numbers.add(number);
        }
      }
    }
    return Optional.of(numbers);
  }
}
