package io.actionscheduler.store;

import io.actionscheduler.fire.Run;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * The records of the block that fills up, kept so that they need not be read again once it is full.
 * What is kept is forgotten where others added records in between, or where a transaction failed:
 * then the block is read. For one thread at a time.
 */
final class FillingBlock {
  private final List<HistoryPieces.Place> places = new ArrayList<>();
  private long next = -1; // the number that continues what is kept; -1 where nothing is

  /** Takes note of records with numbers from {@code first} on, and indexes the blocks they fill. */
  void add(Handle handle, long first, List<Run> runs) throws SQLException {
    if (first != next) {
      forget();
    }
    long number = first;
    for (Run run : runs) {
      if (HistoryPieces.placeOf(number) == 0) {
        places.clear();
        next = number; // from here on all of the block's records are known
      }
      if (next == number) {
        places.add(HistoryPieces.Place.of(number, run));
        next++;
      }
      number++;
      if (HistoryPieces.placeOf(number) == 0) {
        long full = HistoryBlocks.of(number - 1);
        boolean known = next == number;
        HistoryPieces.write(handle, full, known ? places : HistoryPieces.read(handle, full));
      }
    }
  }

  /** Forgets what is kept: it may not be what the database holds. */
  void forget() {
    places.clear();
    next = -1;
  }
}
