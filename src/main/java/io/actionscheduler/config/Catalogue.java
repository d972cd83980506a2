package io.actionscheduler.config;

import io.actionscheduler.text.DidYouMean;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The known names of settings, and the kind of value of each. */
final class Catalogue {
  static final String CALLBACKS = "callbacks";

  /** The kinds of names. */
  enum Place {
    /** Other names below it. */
    SECTION,
    /** One value of a known kind. */
    VALUE,
    /** Names that only the part knows that reads them. */
    OPEN,
    UNKNOWN
  }

  private static final Pattern CALLBACK_NAME = Pattern.compile("[A-Za-z0-9_-]+");

  private final Map<String, Key<?>> keys = new LinkedHashMap<>();
  private final Map<String, Key<?>> callbackKeys = new LinkedHashMap<>();
  private final SortedSet<String> sections = new TreeSet<>(Keys.OPEN);

  Catalogue() {
    for (Key<?> key : Keys.all()) {
      keys.put(key.name(), key);
      for (int dot = key.name().indexOf('.'); dot >= 0; dot = key.name().indexOf('.', dot + 1)) {
        sections.add(key.name().substring(0, dot));
      }
    }
    sections.add(CALLBACKS);
    sections.add(RestKeys.SOURCES);
    callbackKeys.put(Keys.CALLBACK_TYPE.name(), Keys.CALLBACK_TYPE);
    Keys.OF_A_CALLBACK.forEach(key -> callbackKeys.put(key.name(), key));
  }

  Place at(String path) {
    return RestKeys.shared(path).map(this::atShared).orElse(Place.UNKNOWN);
  }

  private Place atShared(String path) {
    if (path.isEmpty() || sections.contains(path)) {
      return Place.SECTION;
    }
    if (key(path).isPresent()) {
      return Place.VALUE;
    }
    if (path.startsWith(CALLBACKS + ".")) {
      int dot = path.indexOf('.', CALLBACKS.length() + 1);
      String rest = dot < 0 ? "" : path.substring(dot + 1);
      if (!isCallbackName(path.substring(CALLBACKS.length() + 1, dot < 0 ? path.length() : dot))) {
        return Place.UNKNOWN;
      }
      return rest.isEmpty() || rest.equals("retry")
          ? Place.SECTION
          : rest.startsWith("retry.") ? Place.UNKNOWN : Place.OPEN;
    }
    return Keys.OPEN.stream().anyMatch(open -> path.startsWith(open + "."))
        ? Place.OPEN
        : Place.UNKNOWN;
  }

  /** Whether a callback may have this name; a dot would look like a level of a key. */
  static boolean isCallbackName(String name) {
    return CALLBACK_NAME.matcher(name).matches();
  }

  /** The kind of value that stands at {@code path}, where it is a known one. */
  Optional<Key<?>> key(String path) {
    if (path.startsWith(RestKeys.SOURCES + ".")) {
      return RestKeys.shared(path).map(keys::get).map(known -> known.as(path));
    }
    Key<?> key = keys.get(path);
    if (key != null || !path.startsWith(CALLBACKS + ".")) {
      return Optional.ofNullable(key);
    }
    int dot = path.indexOf('.', CALLBACKS.length() + 1);
    return dot < 0
        ? Optional.empty()
        : Optional.ofNullable(callbackKeys.get(path.substring(dot + 1)))
            .map(known -> known.in(path.substring(0, dot)));
  }

  /** The names that a section has; for a section of any names, none. */
  SortedSet<String> below(String section) {
    List<String> all = new ArrayList<>(keys.keySet());
    all.addAll(sections);
    if (section.startsWith(CALLBACKS + ".")) {
      String callback = section.replaceFirst("\\.retry$", "");
      callbackKeys.keySet().forEach(name -> all.add(callback + "." + name));
    }
    String shared = RestKeys.shared(section).orElse(section);
    String prefix = shared.isEmpty() ? "" : shared + ".";
    SortedSet<String> names = new TreeSet<>();
    for (String name : all) {
      if (name.startsWith(prefix)) {
        names.add(name.substring(prefix.length()).split("\\.", 2)[0]);
      }
    }
    if (!shared.equals(section)) {
      names.remove("sources"); // sources have no sections of their own
    }
    return names;
  }

  /**
   * The name that an unknown {@code path} may mean: a similar one in the same section, or the same
   * one in another section.
   */
  Optional<String> suggestion(String path) {
    int dot = path.lastIndexOf('.');
    String section = dot < 0 ? "" : path.substring(0, dot);
    String name = path.substring(dot + 1);
    String prefix = section.isEmpty() ? "" : section + ".";
    return DidYouMean.nearest(name, below(section))
        .map(near -> prefix + near)
        .or(() -> others(path).filter(key -> key.endsWith("." + name)).findFirst())
        .or(() -> DidYouMean.nearest(path, others(path).toList()));
  }

  /** Leaves out the many names of REST sources, unless the path mentions one. */
  private Stream<String> others(String path) {
    boolean rest = path.startsWith(RestKeys.SECTION);
    return keys.keySet().stream().filter(key -> rest || !key.startsWith(RestKeys.SECTION + "."));
  }
}
