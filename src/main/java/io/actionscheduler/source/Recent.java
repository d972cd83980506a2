package io.actionscheduler.source;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A cache of what was made from equal keys, of limited size: a table with 200 schedules parses 200,
 * and one with a million schedules does not hold a million keys.
 */
final class Recent<K, V> {
  private static final int ROOM = 1 << 17;
  private static final int SMALL = 1 << 10;

  private Map<K, V> young = new HashMap<>();
  private Map<K, V> old = new HashMap<>();
  private int hits;

  /** The cached value of an equal key, or null. */
  V find(K key) {
    V value = young.get(key);
    if (value != null) {
      hits++;
    }
    return value;
  }

  /** The cached value of an equal key, or the one that {@code make} makes now. */
  V get(K key, Function<K, V> make) {
    V value = find(key);
    if (value != null) {
      return value;
    }
    value = old.get(key);
    if (value == null) {
      value = make.apply(key);
    } else {
      hits++;
    }
    if (young.size() == ROOM) {
      age();
    }
    young.put(key, value);
    return value;
  }

  /** Replaces the cached value of {@code key}. */
  void replace(K key, V value) {
    young.replace(key, value);
  }

  /** Removes values that were not used; called after each read. */
  void settle() {
    if (young.size() + old.size() > SMALL && hits < young.size()) {
      young = new HashMap<>();
    }
    old = new HashMap<>();
    hits = 0;
  }

  private void age() {
    old = hits < ROOM / 4 ? new HashMap<>() : young;
    young = new HashMap<>();
    hits = 0;
  }
}
