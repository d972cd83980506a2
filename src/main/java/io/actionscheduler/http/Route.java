package io.actionscheduler.http;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.http.HttpSettings.Right;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One line of the table of routes: from it come authorization, the check of what comes in, and the
 * API's description. Without a right it is open to anybody; that has to be said.
 */
public final class Route {
  private final Method method;
  private final String path;
  private final List<String> segments;
  private final Map<String, Schema> parameters = new LinkedHashMap<>();
  private final Map<Integer, Schema> answers = new LinkedHashMap<>();
  private Optional<Right> right = Optional.empty();
  private boolean open;
  private String summary = "";
  private Optional<ObjectSchema> input = Optional.empty();
  private boolean described = true;
  private Handler handler =
      call -> {
        throw new IllegalStateException(this + " has no handler");
      };

  private Route(Method method, String path) {
    this.method = method;
    this.path = path;
    this.segments = segments(path);
  }

  /**
   * A route.
   *
   * @param path with placeholders for whole segments: {@code /api/v1/jobs/{id}}
   */
  public static Route of(Method method, String path) {
    return new Route(method, requireNonNull(path, "path is null"));
  }

  /** The right that a client needs. */
  public Route needs(Right needed) {
    right = Optional.of(needed);
    return this;
  }

  /** Opens it to anybody, without a key. */
  public Route open() {
    open = true;
    return this;
  }

  public Route summary(String text) {
    summary = text;
    return this;
  }

  /** Leaves it out of the API's description, as for pages and their files. */
  public Route undescribed() {
    described = false;
    return this;
  }

  /** A parameter in the address: text, a whole number or a flag. */
  public Route parameter(String name, Schema schema) {
    parameters.put(name, schema);
    return this;
  }

  /** The schema of its body; without one, no body is read. */
  public Route takes(ObjectSchema schema) {
    input = Optional.of(schema);
    return this;
  }

  public Route gives(int status, Schema schema) {
    answers.put(status, schema);
    return this;
  }

  /** Wraps its handler. */
  public Route through(UnaryOperator<Handler> wrapper) {
    handler = wrapper.apply(handler);
    return this;
  }

  public Route by(Handler answering) {
    handler = answering;
    return this;
  }

  public Method method() {
    return method;
  }

  public String path() {
    return path;
  }

  public Optional<Right> right() {
    return right;
  }

  /** Whether it was declared open. */
  public boolean isOpen() {
    return open;
  }

  public Optional<ObjectSchema> input() {
    return input;
  }

  public Map<String, Schema> parameters() {
    return parameters;
  }

  public Map<Integer, Schema> answers() {
    return answers;
  }

  String summary() {
    return summary;
  }

  boolean isDescribed() {
    return described;
  }

  Handler handler() {
    return handler;
  }

  List<String> segments() {
    return segments;
  }

  /** The parts of a path between its slashes. */
  static List<String> segments(String path) {
    return Arrays.asList(path.substring(1).split("/", -1));
  }

  static boolean isPlaceholder(String segment) {
    return segment.startsWith("{");
  }

  static String placeholder(String segment) {
    return segment.substring(1, segment.length() - 1);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
