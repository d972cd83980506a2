package io.actionscheduler.config;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A known setting.
 *
 * @param fallback its default; empty: none
 */
record Key<T>(String name, Type<T> type, Optional<String> fallback) {
  Key {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    requireNonNull(fallback, "fallback is null");
  }

  static <T> Key<T> of(String name, Type<T> type, String fallback) {
    return new Key<>(name, type, Optional.of(fallback));
  }

  static <T> Key<T> of(String name, Type<T> type) {
    return new Key<>(name, type, Optional.empty());
  }

  /** The same under another name, without a default. */
  Key<T> as(String other) {
    return of(other, type);
  }

  /** The same below {@code section}, without a default. */
  Key<T> in(String section) {
    return as(section + "." + name);
  }
}
