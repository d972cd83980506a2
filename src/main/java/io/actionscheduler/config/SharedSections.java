package io.actionscheduler.config;

import io.actionscheduler.config.Settings.Named;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The sections {@code redis} and {@code smtp}: a callback of their type has their values where it
 * does not set its own.
 */
final class SharedSections {
  private static final Map<String, String> BY_TYPE =
      Map.of("redis", "redis", "email", "smtp", "email_notification", "smtp");

  static final Set<String> NAMES = Set.copyOf(BY_TYPE.values());

  /**
   * Groups of alternatives: if a callback sets one, the others of the section do not count for it.
   */
  private static final List<Set<String>> ALTERNATIVES =
      List.of(Set.of("list", "stream", "channel"), Set.of("message", "form"));

  /** The credentials of a server: a callback with another server must not use them there. */
  private static final Set<String> OF_A_SERVER =
      Set.of("url", "host", "port", "database", "username", "password");

  private final Values values;
  private final Problems problems;

  SharedSections(Values values, Problems problems) {
    this.values = values;
    this.problems = problems;
  }

  /** The section that callbacks of {@code type} share, where there is one. */
  static Optional<String> of(String type) {
    return Optional.ofNullable(BY_TYPE.get(type));
  }

  /** Whether a callback that sets {@code own} does not get the shared {@code key}. */
  static boolean replaces(String own, String key) {
    return (own + ".").startsWith(key + ".")
        || (own.equals("url") || own.equals("host")) && OF_A_SERVER.contains(key)
        || ALTERNATIVES.stream().anyMatch(group -> group.contains(own) && group.contains(key));
  }

  /** Reports settings of the section that no callback uses. */
  void tellUnused(Collection<Named> callbacks) {
    for (String section : new TreeSet<>(NAMES)) {
      Set<String> types =
          BY_TYPE.entrySet().stream()
              .filter(type -> type.getValue().equals(section))
              .map(Map.Entry::getKey)
              .collect(Collectors.toCollection(TreeSet::new));
      if (callbacks.stream().noneMatch(callback -> types.contains(callback.type()))) {
        values.below(section).values().stream()
            .findFirst()
            .ifPresent(setting -> tell(section, types, setting));
      }
    }
  }

  private void tell(String section, Set<String> types, Setting setting) {
    String message =
        "holds for callbacks of type "
            + String.join(" and ", types)
            + ", and none is declared; declare one in the section callbacks, such as callbacks."
            + "mine.type: "
            + types.iterator().next()
            + ", or remove it";
    if (setting.source().rank() == Source.Rank.FILE) {
      problems.add(setting.source(), section, message);
    } else {
      problems.warn(setting.source(), section, message); // it may be a variable of another program
    }
  }
}
