package io.actionscheduler.store;

import io.actionscheduler.fire.IdScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A range of keys, in the order of the tables.
 *
 * @param from the first key that may be in it
 * @param before the first key after the range; empty for no limit
 */
record KeyRange(Key from, Optional<Key> before) {

  /** The ranges that {@code ids} make up, in order. */
  static List<KeyRange> of(IdScope ids) {
    if (ids.source().isPresent()) {
      String source = ids.source().get();
      return List.of(new KeyRange(first(source), Optional.of(behind(source))));
    }
    List<KeyRange> ranges = new ArrayList<>();
    Key from = Key.FIRST;
    for (String other : new TreeSet<>(ids.without())) {
      ranges.add(new KeyRange(from, Optional.of(first(other))));
      from = behind(other);
    }
    ranges.add(new KeyRange(from, Optional.empty()));
    return ranges;
  }

  boolean isBehind(Key key) {
    return before.isPresent() && key.compareTo(before.get()) >= 0;
  }

  private static Key first(String source) {
    return new Key(Long.MAX_VALUE, source + ":");
  }

  private static Key behind(String source) {
    return new Key(Long.MAX_VALUE, source + ";"); // the character that follows the colon
  }
}
