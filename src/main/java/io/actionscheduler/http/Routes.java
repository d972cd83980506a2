package io.actionscheduler.http;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The table of routes. A path is matched segment by segment, after each is decoded. */
public final class Routes {
  private final String basePath;
  private final List<Route> all;
  private final Map<Integer, List<Route>> bySize; // the number of their segments
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
    this.bySize = all.stream().collect(Collectors.groupingBy(route -> route.segments().size()));
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
    List<Route> matching = new ArrayList<>();
    for (Route route : bySize.getOrDefault(segments.size(), List.of())) {
      if (isAt(route, segments)) {
        matching.add(route);
      }
    }
    if (matching.isEmpty()) {
      throw otherwise.get();
    }
    String asked = method.equals("HEAD") ? "GET" : method;
    return matching.stream()
        .filter(route -> route.method().name().equals(asked))
        .map(route -> match(route, segments))
        .min(Routes::literalFirst)
        .orElseThrow(() -> notAllowed(matching));
  }

  private static Problem notAllowed(List<Route> matching) {
    TreeSet<String> allowed = new TreeSet<>();
    matching.forEach(route -> allowed.add(route.method().name()));
    String list = String.join(", ", allowed);
    return Problem.of(405, "this path takes " + list).header("Allow", list);
  }

  /** {@code /jobs/bulk} goes before {@code /jobs/{id}}. */
  private static int literalFirst(Match a, Match b) {
    return Integer.compare(a.path().size(), b.path().size());
  }

  /** Whether {@code segments}, as many as the route has, are its path. */
  private static boolean isAt(Route route, List<String> segments) {
    for (int i = 0; i < segments.size(); i++) {
      String wanted = route.segments().get(i);
      boolean fits = Route.isPlaceholder(wanted) && !segments.get(i).isEmpty();
      if (!fits && !wanted.equals(segments.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static Match match(Route route, List<String> segments) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      String wanted = route.segments().get(i);
      if (Route.isPlaceholder(wanted)) {
        values.put(Route.placeholder(wanted), segments.get(i));
      }
    }
    return new Match(route, values);
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
    if (isPlain(segment)) {
      return segment;
    }
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
      boolean refused = text.chars().anyMatch(c -> c < ' ' || c == 0x7f || "/\\;".indexOf(c) >= 0);
      if (text.equals(".") || text.equals("..") || refused) {
        throw noPath();
      }
      return text;
    } catch (CharacterCodingException e) {
      throw noPath();
    }
  }

  /** Whether it consists of letters, digits and dashes, as most do: it stands for itself. */
  private static boolean isPlain(String segment) {
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      if (!letter && !(c >= '0' && c <= '9') && c != '-' && c != '_') {
        return false;
      }
    }
    return true;
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
