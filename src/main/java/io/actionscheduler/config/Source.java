package io.actionscheduler.config;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * The place of a setting.
 *
 * @param rank the kind of source
 * @param name a file, or the variable in the environment
 * @param line in the file, from 1; 0 for none
 */
record Source(Rank rank, String name, int line) implements Comparable<Source> {

  /** The sources, the weakest first. */
  enum Rank {
    DEFAULT,
    FILE,
    ENV_FILE,
    ENVIRONMENT;

    /** The number by which smallrye orders sources. */
    int ordinal100() {
      return 100 * ordinal();
    }
  }

  Source {
    requireNonNull(rank, "rank is null");
    requireNonNull(name, "name is null");
  }

  static Source byDefault() {
    return new Source(Rank.DEFAULT, "default", 0);
  }

  static Source variable(String name) {
    return new Source(Rank.ENVIRONMENT, "environment variable " + name, 0);
  }

  @Override
  public int compareTo(Source other) {
    return Comparator.comparing(Source::rank)
        .thenComparing(Source::name)
        .thenComparing(Source::line)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return line > 0 ? name + ":" + line : name;
  }
}
