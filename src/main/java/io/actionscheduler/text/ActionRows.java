package io.actionscheduler.text;

import io.actionscheduler.text.YamlNode.Mapping;
import io.actionscheduler.text.YamlNode.Member;
import io.actionscheduler.text.YamlNode.Scalar;
import io.actionscheduler.text.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Actions as YAML: a list of rows, each with the table's columns by name, {@code cron} and {@code
 * parameters} written out. A row is a map of column to value, in the order of the text: {@code
 * String}, {@code Boolean}, {@code Long}, maps and lists.
 */
public final class ActionRows {
  private static final Set<String> REQUIRED = Set.of("name", "command", "cron");

  /** Whose value is text even where it looks like a number or a flag. */
  private static final Set<String> TEXTS =
      Set.of(
          "name",
          "command",
          "timezone",
          "start_date",
          "end_date",
          "overlap",
          "calendar",
          "owner_id",
          "created_at",
          "updated_at");

  private static final Set<String> FLAGS = Set.of("merge_missed", "enabled");
  private static final Set<String> NUMBERS = Set.of("id", "actuality_time", "jitter");
  private static final Set<String> ANY = Set.of("cron", "callback", "parameters", "retry");

  private final Set<String> columns = new TreeSet<>();
  private final List<String> faults = new ArrayList<>();
  private int firstFault;

  private ActionRows() {
    List.of(TEXTS, FLAGS, NUMBERS, ANY).forEach(columns::addAll);
  }

  /**
   * The rows of {@code text}; none when it is empty.
   *
   * @throws InvalidYaml with a line of its message for each fault
   */
  public static List<Map<String, Object>> read(String text) throws InvalidYaml {
    Optional<List<Map<String, Object>>> json = readJson(text);
    if (json.isPresent()) {
      return json.get();
    }
    Optional<YamlNode> root;
    try {
      root = Yaml.parse(text);
    } catch (InvalidYaml e) {
      throw new InvalidYaml(
          "line "
              + e.line()
              + ", column "
              + e.column()
              + ": not YAML that can be read: "
              + e.getMessage(),
          e.line(),
          e.column());
    }
    if (root.isEmpty()) {
      return List.of();
    }
    if (!(root.get() instanceof Sequence list)) {
      throw new InvalidYaml(
          "line " + root.get().line() + ": a list of actions is expected, \"- name: …\" for each",
          root.get().line(),
          1);
    }
    ActionRows reader = new ActionRows();
    List<Map<String, Object>> rows = new ArrayList<>();
    for (YamlNode item : list.items()) {
      rows.add(reader.row(item));
    }
    if (!reader.faults.isEmpty()) {
      throw new InvalidYaml(String.join("\n", reader.faults), reader.firstFault, 0);
    }
    return rows;
  }

  /**
   * The rows of JSON, which to YAML is the same but for some numbers; empty where it is no JSON, or
   * has faults, which are reported with their lines when it is read as YAML.
   */
  private static Optional<List<Map<String, Object>>> readJson(String text) {
    if (!text.stripLeading().startsWith("[")) {
      return Optional.empty();
    }
    try {
      ActionRows reader = new ActionRows();
      List<Map<String, Object>> rows = new ArrayList<>();
      for (YamlNode item : ((Sequence) YamlNode.of(Json.parse(text), 0)).items()) {
        rows.add(reader.row(item));
      }
      return reader.faults.isEmpty() ? Optional.of(rows) : Optional.empty();
    } catch (InvalidJson e) {
      return Optional.empty(); // YAML in flow style, perhaps
    }
  }

  /** {@code rows} as text that {@link #read} gives back. */
  public static String write(List<Map<String, Object>> rows) {
    return Yaml.write(rows);
  }

  private Map<String, Object> row(YamlNode item) {
    Map<String, Object> row = new LinkedHashMap<>();
    if (!(item instanceof Mapping mapping)) {
      fault(item.line(), "an action is expected, with name, command and cron");
      return row;
    }
    mapping.members().forEach((column, member) -> value(column, member, row));
    for (String column : new TreeSet<>(REQUIRED)) {
      if (!mapping.members().containsKey(column)) {
        fault(mapping.line(), "the action has no " + column);
      } else if (row.containsKey(column) && row.get(column) == null) {
        fault(mapping.members().get(column).line(), column + ": is empty");
      }
    }
    return row;
  }

  private void value(String column, Member member, Map<String, Object> row) {
    if (!columns.contains(column)) {
      fault(member.line(), column + ": unknown column" + DidYouMean.among(column, columns));
      return;
    }
    Object value = member.value().plain();
    String shown = member.value() instanceof Scalar scalar ? Quoted.quote(scalar.text()) : "this";
    if (value == null || ANY.contains(column)) {
      row.put(column, value);
    } else if (TEXTS.contains(column) && member.value() instanceof Scalar scalar) {
      row.put(column, scalar.text());
    } else if (FLAGS.contains(column) && value instanceof Boolean
        || NUMBERS.contains(column) && value instanceof Long) {
      row.put(column, value);
    } else {
      String allowed =
          FLAGS.contains(column)
              ? "true or false"
              : NUMBERS.contains(column) ? "a whole number" : "text";
      fault(member.line(), column + ": " + shown + " is not allowed; allowed: " + allowed);
    }
  }

  private void fault(int line, String message) {
    if (faults.isEmpty()) {
      firstFault = line;
    }
    faults.add("line " + line + ": " + message);
  }
}
