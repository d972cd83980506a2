package io.actionscheduler.move.systemd;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of a unit, from all of its files: later ones add to a list, and an empty value
 * clears it. {@code line} takes the lines in the order in which systemd reads them, and {@code end}
 * the end of a file.
 */
final class UnitFile {
  private static final Set<String> SECTIONS = Set.of("Unit", "Timer", "Service", "Install");

  /** A line that cannot be understood. */
  record Fault(String place, String line, String reason) {}

  private final String name;
  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private final List<Fault> faults = new ArrayList<>();
  private String file = "";
  private String section = "";
  private int lastLine;
  private String begun = ""; // the part so far of a line that continues in the next one

  UnitFile(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  /** Takes a line of {@code place}; each file begins with line 1. */
  void line(String place, int number, String text) {
    if (!place.equals(file)) {
      end();
      file = place;
    }
    lastLine = number;
    String line = text.strip();
    if (line.startsWith("#") || line.startsWith(";")) {
      return;
    }
    if (line.endsWith("\\")) {
      begun += line.substring(0, line.length() - 1) + " ";
      return;
    }
    String whole = (begun + line).strip();
    begun = "";
    if (whole.startsWith("[") && whole.endsWith("]")) {
      section = whole.substring(1, whole.length() - 1);
      if (!SECTIONS.contains(section) && !section.startsWith("X-")) {
        faults.add(
            new Fault(
                place + " line " + number,
                whole,
                "the section is unknown; it is [Unit], [Timer], [Service] or [Install]"));
      }
    } else if (!whole.isEmpty()) {
      assignment(place + " line " + number, whole);
    }
  }

  /** Ends the file: a last line that ends with a backslash is complete, too. */
  void end() {
    if (!begun.isEmpty()) {
      line(file, lastLine, "");
    }
    section = "";
    begun = "";
  }

  private void assignment(String place, String line) {
    int equals = line.indexOf('=');
    if (equals <= 0 || section.isEmpty()) {
      faults.add(
          new Fault(
              place,
              line,
              line.startsWith("[")
                  ? "the ] of a section is missing"
                  : section.isEmpty() ? "is in no section" : "no assignment: = is missing"));
      return;
    }
    String value = line.substring(equals + 1).strip();
    String key = key(section, line.substring(0, equals).strip());
    List<String> all = values.computeIfAbsent(key, any -> new ArrayList<>());
    if (value.isEmpty()) {
      all.clear();
    } else {
      all.add(value);
    }
  }

  /** All values of a name, in order. */
  List<String> all(String section, String name) {
    return values.getOrDefault(key(section, name), List.of());
  }

  /** The value of a setting that can have only one. */
  Optional<String> last(String section, String name) {
    List<String> all = all(section, name);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  /** Whether a flag is set, in one of systemd's words. */
  boolean flag(String section, String name) {
    return last(section, name)
        .map(
            value ->
                Set.of("1", "yes", "y", "true", "t", "on").contains(value.toLowerCase(Locale.ROOT)))
        .orElse(false);
  }

  /** The names that a section has, in order. */
  List<String> names(String section) {
    return values.keySet().stream()
        .filter(key -> key.startsWith(section + "."))
        .map(key -> key.substring(section.length() + 1))
        .toList();
  }

  List<Fault> faults() {
    return faults;
  }

  private static String key(String section, String name) {
    return section + "." + name;
  }
}
