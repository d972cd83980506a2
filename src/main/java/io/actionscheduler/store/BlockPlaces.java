package io.actionscheduler.store;

import io.actionscheduler.store.HistoryPieces.Name;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Of which action each record of a block is, and whether it went well. A burst adds a hundred
 * thousand of them, so they are plain numbers and no objects. For one thread at a time.
 */
final class BlockPlaces {
  private static final int MOST = 1 << HistoryBlocks.BITS;

  private final int[] places = new int[MOST]; // as they were added
  private final long[] keys = new long[MOST]; // this and the others by place
  private final boolean[] hashed = new boolean[MOST];
  private final boolean[] well = new boolean[MOST];
  private int size;
  private boolean packable = true; // whether each key and its place fit into one number

  /** Adds the record at {@code place}, which has none yet. */
  void add(Name name, int place, boolean wentWell) {
    places[size++] = place;
    keys[place] = name.key();
    hashed[place] = name.isHash();
    well[place] = wentWell;
    packable &= !name.isHash() && name.key() >= 0 && name.key() <= Long.MAX_VALUE / MOST - 1;
  }

  void clear() {
    size = 0;
    packable = true;
  }

  long key(int place) {
    return keys[place];
  }

  int kind(int place) {
    return hashed[place] ? 1 : 0;
  }

  boolean wentWell(int place) {
    return well[place];
  }

  /** Hands over the records of some actions, as they were added. */
  void each(Set<Name> names, BiConsumer<Name, Integer> found) {
    Set<Long> keysOfNames = new HashSet<>();
    names.forEach(name -> keysOfNames.add(name.key()));
    for (int i = 0; i < size; i++) {
      int place = places[i];
      if (keysOfNames.contains(keys[place])) {
        Name name = new Name(kind(place), keys[place]);
        if (names.contains(name)) {
          found.accept(name, place);
        }
      }
    }
  }

  /** The places by kind, key and place. */
  int[] sorted() {
    if (packable) {
      long[] packed = new long[size];
      for (int i = 0; i < size; i++) {
        packed[i] = keys[places[i]] * MOST + places[i];
      }
      Arrays.sort(packed);
      return Arrays.stream(packed).mapToInt(each -> (int) (each % MOST)).toArray();
    }
    return Arrays.stream(places, 0, size)
        .boxed()
        .sorted(
            Comparator.comparingInt(this::kind)
                .thenComparingLong(this::key)
                .thenComparingInt(place -> place))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
