package io.actionscheduler.source;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Shares what is made of equal keys, in bounded room: a table on 200 schedules parses 200, and one
 * on a million does not keep a million keys beside the actions.
 */
final class Recent<K, V> {
  private static final int ROOM = 1 << 17;
  private static final int SMALL = 1 << 10;

  private Map<K, V> young = new HashMap<>();
  private Map<K, V> old = new HashMap<>();
  private int hits;

  /** What was made of an equal key not long ago, or null. */
  V find(K key) {
    V value = young.get(key);
    if (value != null) {
      hits++;
    }
    return value;
  }

  /** What {@code make} made of an equal key not long ago, or makes of it now. */
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

  /** Has {@code value} take the place of what was made of {@code key} before. */
  void replace(K key, V value) {
    young.replace(key, value);
  }

  /** Drops what was of no use: called when a read is over. */
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
