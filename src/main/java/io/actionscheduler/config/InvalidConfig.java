package io.actionscheduler.config;

import java.util.List;
import java.util.stream.Collectors;

/** Settings that the program cannot start with; the message has a line for each problem. */
public final class InvalidConfig extends Exception {
  private final transient List<Problem> problems;

  /**
   * @param problems one or more
   */
  public InvalidConfig(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** The problems in the order of sources and lines. */
  public List<Problem> problems() {
    return problems;
  }
}
