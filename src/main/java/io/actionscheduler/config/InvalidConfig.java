package io.actionscheduler.config;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Settings that the program cannot start with; the message has a line for each problem. */
public final class InvalidConfig extends Exception {
  private static final Pattern PLACE = Pattern.compile("(?s)(.*?)(?::([0-9]{1,9}))?( \\(.*\\))?");

  private final transient List<Problem> problems;
  private final transient Optional<Settings> rest;

  /**
   * @param problems one or more
   */
  public InvalidConfig(List<Problem> problems) {
    this(problems, Optional.empty());
  }

  InvalidConfig(List<Problem> problems, Optional<Settings> rest) {
    super(inOrder(problems).stream().map(Problem::toString).collect(joining("\n")));
    this.problems = inOrder(problems);
    this.rest = rest;
  }

  /** The problems in the order of sources and lines. */
  public List<Problem> problems() {
    return problems;
  }

  /**
   * The settings with defaults in place of wrong values, so that further problems can be found in
   * them; nothing may run with them. Empty if a file could not be read at all.
   */
  public Optional<Settings> rest() {
    return rest;
  }

  /**
   * These problems and {@code more}. A further problem of a setting that has one already follows
   * from that, and is left out.
   */
  public InvalidConfig and(List<Problem> more) {
    Set<String> keys = problems.stream().map(Problem::key).collect(toSet());
    List<Problem> all = new ArrayList<>(problems);
    more.stream()
        .filter(problem -> problem.key().isEmpty() || !keys.contains(problem.key()))
        .forEach(all::add);
    return new InvalidConfig(all, rest);
  }

  /** Sources in the order of their first problem, the lines of each ascending. */
  private static List<Problem> inOrder(List<Problem> problems) {
    Map<String, Integer> sources = new HashMap<>();
    problems.forEach(problem -> sources.putIfAbsent(place(problem).group(1), sources.size()));
    return problems.stream()
        .distinct()
        .sorted(
            Comparator.comparing((Problem problem) -> sources.get(place(problem).group(1)))
                .thenComparing(InvalidConfig::line))
        .toList();
  }

  private static int line(Problem problem) {
    String line = place(problem).group(2);
    return line == null ? 0 : Integer.parseInt(line);
  }

  private static Matcher place(Problem problem) {
    Matcher place = PLACE.matcher(problem.source());
    if (!place.matches()) {
      throw new IllegalStateException("every text has this form: " + problem.source());
    }
    return place;
  }
}
