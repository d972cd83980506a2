package io.actionscheduler.http;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The table of routes. A path is matched segment by segment, after each is decoded. */
public final class Routes {
  private final String basePath;
  private final List<Route> all;
  private final Supplier<Problem> otherwise;

  /** A route and the values of its placeholders. */
  record Match(Route route, Map<String, String> path) {}

  /**
   * @param basePath the beginning of each path; empty for none
   * @throws IllegalArgumentException where a route says neither which right it takes nor that it is
   *     open, or where two are the same
   */
  public Routes(String basePath, List<Route> all) {
    this(
        basePath,
        all,
        () ->
            Problem.of(
                404, "there is nothing at this path; GET " + basePath + "/openapi.json lists all"));
  }

  /**
   * As the other constructor.
   *
   * @param otherwise the answer at every other path
   * @throws IllegalArgumentException when a route has neither a right nor is open, has both, or is
   *     given twice
   */
  public Routes(String basePath, List<Route> all, Supplier<Problem> otherwise) {
    this.basePath = basePath;
    this.all = List.copyOf(all);
    this.otherwise = requireNonNull(otherwise, "otherwise is null");
    TreeSet<String> seen = new TreeSet<>();
    for (Route route : all) {
      if (route.isOpen() == route.right().isPresent()) {
        throw new IllegalArgumentException(route + ": either a right or open");
      }
      if (!seen.add(route.method() + " " + route.path().replaceAll("\\{[^}]*}", "{}"))) {
        throw new IllegalArgumentException(route + ": stands twice");
      }
    }
  }

  public List<Route> all() {
    return all;
  }

  public String basePath() {
    return basePath;
  }

  /**
   * The route for a request.
   *
   * @param path as it came, still encoded
   * @throws Problem 400 for an invalid path, 404 where there is no such path, 405 where it does not
   *     take the method
   */
  Match find(String method, String path) throws Problem {
    List<String> segments = decoded(path);
    List<Match> matches = new ArrayList<>();
    for (Route route : all) {
      match(route, segments).ifPresent(matches::add);
    }
    if (matches.isEmpty()) {
      throw otherwise.get();
    }
    String asked = method.equals("HEAD") ? "GET" : method;
    return matches.stream()
        .filter(match -> match.route().method().name().equals(asked))
        .min(Routes::literalFirst)
        .orElseThrow(() -> notAllowed(matches));
  }

  private static Problem notAllowed(List<Match> matches) {
    TreeSet<String> allowed = new TreeSet<>();
    matches.forEach(match -> allowed.add(match.route().method().name()));
    String list = String.join(", ", allowed);
    return Problem.of(405, "this path takes " + list).header("Allow", list);
  }

  /** {@code /jobs/bulk} goes before {@code /jobs/{id}}. */
  private static int literalFirst(Match a, Match b) {
    return Integer.compare(a.path().size(), b.path().size());
  }

  private static Optional<Match> match(Route route, List<String> segments) {
    List<String> wanted = route.segments();
    if (wanted.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      String segment = segments.get(i);
      if (Route.isPlaceholder(wanted.get(i)) && !segment.isEmpty()) {
        values.put(Route.placeholder(wanted.get(i)), segment);
      } else if (!wanted.get(i).equals(segment)) {
        return Optional.empty();
      }
    }
    return Optional.of(new Match(route, values));
  }

  private List<String> decoded(String path) throws Problem {
    if (!(path + "/").startsWith(basePath + "/")) {
      throw Problem.of(
          404, "there is nothing at this path; all paths begin with " + basePath + "/");
    }
    String inside = path.equals(basePath) ? "/" : path.substring(basePath.length());
    List<String> segments = new ArrayList<>();
    for (String segment : Route.segments(inside)) {
      segments.add(decode(segment));
    }
    return segments;
  }

  private static String decode(String segment) throws Problem {
    ByteBuffer bytes = ByteBuffer.allocate(segment.length() * 3);
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c == '%') {
        bytes.put(escaped(segment, i));
        i += 2;
      } else {
        bytes.put(Character.toString(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
      boolean control = text.chars().anyMatch(c -> c < ' ' || c == 0x7f);
      if (text.equals(".") || text.equals("..") || text.matches(".*[/\\\\;].*") || control) {
        throw noPath();
      }
      return text;
    } catch (CharacterCodingException e) {
      throw noPath();
    }
  }

  private static byte escaped(String segment, int at) throws Problem {
    try {
      String digits = segment.substring(at + 1, at + 3);
      if (digits.matches("[0-9a-fA-F]{2}")) {
        return (byte) Integer.parseInt(digits, 16);
      }
    } catch (StringIndexOutOfBoundsException e) {
      // refused below: the escape is cut off
    }
    throw noPath();
  }

  private static Problem noPath() {
    return Problem.of(
        400,
        "the path has a segment that is not allowed: only dots, or an encoded slash, a"
            + " backslash, a control character or a semicolon in it");
  }
}
