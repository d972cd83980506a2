package io.actionscheduler.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Collects problems, so that all of them are reported together. */
final class Problems {
  private record Found(Source source, Problem problem) {}

  private final List<Found> found = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  void add(Source source, String key, String message) {
    found.add(new Found(source, new Problem(source.toString(), key, message)));
  }

  void add(Setting setting, String message) {
    found.add(new Found(setting.source(), new Problem(setting.origin(), setting.key(), message)));
  }

  /**
   * The value that {@code text} stands for, which is all of {@code setting} or a part of it; empty,
   * with a problem, where it cannot be used.
   */
  <T> Optional<T> read(Setting setting, String text, Type<T> type) {
    try {
      return Optional.of(type.read(text));
    } catch (Refused e) {
      add(setting, setting.quoted() + " " + e.of(text));
      return Optional.empty();
    }
  }

  /**
   * Adds a required setting that is missing.
   *
   * @param near where it belongs
   */
  void addMissing(Source near, String key, String remedy) {
    add(
        near,
        key,
        "required, and not set; " + remedy + ", or set the variable " + Variables.nameOf(key));
  }

  /** Adds a warning that does not prevent the start. */
  void warn(Source source, String key, String message) {
    warnings.add(new Problem(source.toString(), key, message));
  }

  List<Problem> warnings() {
    return List.copyOf(warnings);
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** The problems in the order of sources and lines. */
  List<Problem> list() {
    return found.stream()
        .sorted(Comparator.comparing(Found::source))
        .map(Found::problem)
        .distinct()
        .toList();
  }

  void throwIfAny() throws InvalidConfig {
    if (!found.isEmpty()) {
      throw new InvalidConfig(list());
    }
  }

  /**
   * As {@link #throwIfAny}, with what could be read.
   *
   * @param rest the settings, with defaults in place of wrong values
   */
  void throwIfAny(Settings rest) throws InvalidConfig {
    if (!found.isEmpty()) {
      throw new InvalidConfig(list(), Optional.of(rest));
    }
  }
}
