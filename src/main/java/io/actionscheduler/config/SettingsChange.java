package io.actionscheduler.config;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.config.Settings.Named;
import io.actionscheduler.source.rest.RestSettings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What differs between two readings of the settings.
 *
 * @param callbacks which callbacks differ
 * @param calendars which calendars differ
 * @param alerts whether the settings of alerts differ
 * @param log whether the level of the log differs
 * @param restart keys whose change takes effect at a start only, in the order of their names
 */
public record SettingsChange(
    Callbacks callbacks, Calendars calendars, boolean alerts, boolean log, List<String> restart) {
  /** Parts with secrets, which {@link Settings#origins()} masks, by their section. */
  private static final Map<String, Function<Settings, Object>> WHOLE =
      Map.of(
          "actions_db", Settings::actionsDb,
          "internal_db", Settings::internalDb,
          "http", Settings::http);

  /** Sections that are compared by {@link #alerts} and {@link #calendars}. */
  private static final Set<String> OF_THEIR_OWN =
      Set.of("alerts", CalendarReader.CALENDARS, CalendarReader.BLACKOUT);

  /**
   * Names of callbacks.
   *
   * @param other that are in both, with other settings
   */
  public record Callbacks(Set<String> added, Set<String> other, Set<String> removed) {
    public Callbacks {
      added = Set.copyOf(added);
      other = Set.copyOf(other);
      removed = Set.copyOf(removed);
    }

    static Callbacks between(Settings before, Settings after) {
      Set<String> added = new TreeSet<>(after.callbacks().keySet());
      added.removeAll(before.callbacks().keySet());
      Set<String> removed = new TreeSet<>(before.callbacks().keySet());
      removed.removeAll(after.callbacks().keySet());
      Set<String> other = new TreeSet<>(before.callbacks().keySet());
      other.removeAll(removed);
      other.removeIf(
          name ->
              isSame(before.callbacks().get(name), after.callbacks().get(name))
                  && before.limits(name).equals(after.limits(name)));
      return new Callbacks(added, other, removed);
    }

    private static boolean isSame(Named one, Named other) {
      return one.type().equals(other.type()) && one.values().equals(other.values());
    }

    /** Those that are made anew: the added ones, and those with other settings. */
    public Set<String> made() {
      Set<String> made = new TreeSet<>(added);
      made.addAll(other);
      return made;
    }

    /** Whether none differs. */
    public boolean isEmpty() {
      return added.isEmpty() && other.isEmpty() && removed.isEmpty();
    }
  }

  /**
   * Calendars and blackouts.
   *
   * @param differ whether any of them differs
   * @param removed names of those that are gone
   */
  public record Calendars(boolean differ, Set<String> removed) {
    public Calendars {
      removed = Set.copyOf(removed);
    }
  }

  public SettingsChange {
    requireNonNull(callbacks, "callbacks is null");
    requireNonNull(calendars, "calendars is null");
    restart = List.copyOf(restart);
  }

  /** Whether nothing differs. */
  public boolean isEmpty() {
    return callbacks.isEmpty() && !calendars.differ() && !alerts && !log && restart.isEmpty();
  }

  /** What {@code after} has other than {@code before}. */
  public static SettingsChange between(Settings before, Settings after) {
    Set<String> keys = keys(before, after);
    Set<String> restart = new TreeSet<>();
    WHOLE.forEach(
        (section, part) -> {
          if (!part.apply(before).equals(part.apply(after))) {
            restart.add(section);
          }
        });
    if (!access(before).equals(access(after))) { // their tokens are masked, too
      restart.add("rest");
    }
    Set<String> sections = sectionsOfCallbacks(before);
    sections.addAll(sectionsOfCallbacks(after));
    sections.addAll(WHOLE.keySet());
    sections.addAll(OF_THEIR_OWN);
    sections.add(Keys.LOG_LEVEL.name());
    keys.stream().filter(key -> !isIn(key, sections)).forEach(restart::add);
    Set<String> gone = new TreeSet<>(before.calendars().names());
    gone.removeAll(after.calendars().names());
    return new SettingsChange(
        Callbacks.between(before, after),
        new Calendars(
            keys.stream()
                .anyMatch(
                    key -> isIn(key, Set.of(CalendarReader.CALENDARS, CalendarReader.BLACKOUT))),
            gone),
        !before.alerts().equals(after.alerts()),
        !before.logLevel().equals(after.logLevel()),
        List.copyOf(restart));
  }

  private static boolean isIn(String key, Set<String> sections) {
    return sections.stream().anyMatch(section -> (key + ".").startsWith(section + "."));
  }

  /** The keys whose values differ, as far as they are not masked. */
  private static Set<String> keys(Settings before, Settings after) {
    Map<String, String> values = values(before);
    Map<String, String> others = values(after);
    Set<String> keys = new TreeSet<>(values.keySet());
    keys.addAll(others.keySet());
    keys.removeIf(key -> Objects.equals(values.get(key), others.get(key)));
    return keys;
  }

  private static List<RestSettings.Access> access(Settings settings) {
    return settings.restSources().stream().map(RestSettings::access).toList();
  }

  /** Keys whose values are part of callbacks, which are compared as a whole. */
  private static Set<String> sectionsOfCallbacks(Settings settings) {
    Set<String> sections = new TreeSet<>(SharedSections.NAMES);
    settings.callbacks().values().forEach(named -> sections.add(named.prefix()));
    Keys.OF_A_CALLBACK.forEach(key -> sections.add(key.name()));
    return sections;
  }

  private static Map<String, String> values(Settings settings) {
    return settings.origins().stream()
        .collect(
            Collectors.toMap(
                Settings.Origin::key, Settings.Origin::value, (one, other) -> other, TreeMap::new));
  }
}
