package io.actionscheduler.store;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.store.HistoryPieces.Name;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
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
  // Chains of the places whose keys have the same hash: a place and one, 0 for the end.
  private final int[] latest = new int[MOST]; // by hash
  private final int[] before = new int[MOST]; // by place
  private int size;
  private boolean packable = true; // whether each key and its place fit into one number

  /** Adds the record at {@code place}, which has none yet. */
  void add(Name name, int place, boolean wentWell) {
    add(name.key(), name.isHash(), place, wentWell);
  }

  /** As above, of the action {@code id}; no name is made of a number. */
  void add(ActionId id, int place, boolean wentWell) {
    if (id.number().isPresent()) {
      add(id.number().getAsLong(), false, place, wentWell);
    } else {
      add(Name.of(Key.of(id)), place, wentWell);
    }
  }

  private void add(long key, boolean isHash, int place, boolean wentWell) {
    places[size++] = place;
    keys[place] = key;
    hashed[place] = isHash;
    well[place] = wentWell;
    int hash = hash(key);
    before[place] = latest[hash];
    latest[hash] = place + 1;
    packable &= !isHash && key >= 0 && key <= Long.MAX_VALUE / MOST - 1;
  }

  private static int hash(long key) {
    return (int) (key * 0x9E3779B97F4A7C15L >>> (Long.SIZE - HistoryBlocks.BITS));
  }

  void clear() {
    size = 0;
    Arrays.fill(latest, 0);
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

  /** Hands over the records of some actions, those of one action as they were added. */
  void each(Set<Name> names, BiConsumer<Name, Integer> found) {
    for (Name name : names) {
      List<Integer> of = latest(name, 0, MOST, MOST);
      for (int i = of.size() - 1; i >= 0; i--) {
        found.accept(name, of.get(i));
      }
    }
  }

  /**
   * The records of an action, those that were added last first.
   *
   * @param low only places from this one on
   * @param high only places up to this one
   * @param most how many at most
   */
  List<Integer> latest(Name name, long low, long high, int most) {
    List<Integer> found = new ArrayList<>();
    for (int next = latest[hash(name.key())]; next > 0 && found.size() < most; ) {
      int place = next - 1;
      if (keys[place] == name.key()
          && kind(place) == name.kind()
          && place >= low
          && place <= high) {
        found.add(place);
      }
      next = before[place];
    }
    return found;
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
