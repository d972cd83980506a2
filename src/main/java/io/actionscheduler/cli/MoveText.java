package io.actionscheduler.cli;

import io.actionscheduler.app.moving.Proven;
import io.actionscheduler.app.view.ActionForm;
import io.actionscheduler.move.Difference;
import io.actionscheduler.move.LeftOut;
import io.actionscheduler.move.Move;
import io.actionscheduler.move.Moved;
import io.actionscheduler.move.Proof;
import io.actionscheduler.source.RowChanges;
import io.actionscheduler.text.IsoTime;
import io.actionscheduler.text.Json;
import io.actionscheduler.text.Quoted;
import io.actionscheduler.text.Yaml;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The report of an import, as text and as JSON. */
final class MoveText {
  /** A file of another kind has a fault in each line. */
  private static final int MOST_LINES = 100;

  private MoveText() {}

  /** Prints the report, with the rows and the settings as they would be written. */
  static void print(Proven proven, String settings, Output out) {
    Move move = proven.move();
    if (!move.actions().isEmpty()) {
      out.line("# actions");
      out.text(Yaml.write(move.actions().stream().map(moved -> sorted(moved.row())).toList()));
    }
    if (!settings.isEmpty()) {
      out.line("\n# settings");
      out.text(settings);
    }
    if (!move.leftOut().isEmpty()) {
      out.line("");
      leftOut(move, out);
    }
    notes(move, out);
    if (!proven.actions().isEmpty()) {
      out.line("\n# proof: fire times of two years, here and there");
      Instant end = proven.end();
      proven.actions().forEach(action -> proof(action, end, out));
    }
  }

  /** What is not taken over, and why; of very many lines, only the first ones. */
  static void leftOut(Move move, Output out) {
    List<LeftOut> left = move.leftOut();
    if (left.isEmpty()) {
      return;
    }
    out.line("# not taken over");
    left.stream()
        .limit(MOST_LINES)
        .forEach(
            one ->
                out.line(
                    one.place()
                        + ": "
                        + (one.written().isEmpty() ? "" : Quoted.quote(one.written()) + ": ")
                        + one.reason()));
    if (left.size() > MOST_LINES) {
      out.line("and " + (left.size() - MOST_LINES) + " others; --json lists all");
    }
  }

  /** The actions of the table that the rows replace, with the values that change. */
  static void replaced(List<RowChanges.Changed> replaced, Output out) {
    if (!replaced.isEmpty()) {
      out.line("\n# replaces actions of the same name");
      replaced.forEach(
          row -> out.line(DisplayText.safe(row.before().label() + ": " + RowChangeText.of(row))));
    }
  }

  /** Each note once, with all of its places. */
  private static void notes(Move move, Output out) {
    Map<String, Set<String>> places = new LinkedHashMap<>();
    for (Moved moved : move.actions()) {
      for (String note : moved.notes()) {
        places.computeIfAbsent(note, any -> new LinkedHashSet<>()).add(moved.place());
      }
    }
    if (!places.isEmpty()) {
      out.line("\n# notes");
      places.forEach((note, of) -> out.line(String.join(", ", of) + ": " + note));
    }
  }

  private static void proof(Proven.Action action, Instant end, Output out) {
    Proof proof = action.proof();
    String counts =
        label(action.moved())
            + ": "
            + proof.here()
            + " here, "
            + proof.there()
            + " there"
            + (proof.to().isBefore(end)
                ? " (compared only until "
                    + IsoTime.text(proof.to(), action.zone())
                    + ", since two years have too many fire times)"
                : "");
    if (proof.isSame()) {
      out.line(counts + ", the same");
      return;
    }
    out.line(counts);
    for (Difference difference : proof.differences()) {
      List<String> examples = new ArrayList<>();
      for (Difference.Example example : difference.examples()) {
        examples.add(
            "%s %d here, %d there"
                .formatted(
                    IsoTime.text(example.at(), action.zone()), example.here(), example.there()));
      }
      out.line(
          "  "
              + difference.kind().words()
              + ": "
              + difference.count()
              + " differ: "
              + String.join("; ", examples));
    }
  }

  private static String label(Moved moved) {
    return moved.place() + " " + Quoted.quote(moved.name());
  }

  /** The same as JSON. */
  static String json(Proven proven, List<RowChanges.Changed> replaced, String done) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("written", !done.isEmpty());
    List<Object> actions = new ArrayList<>();
    for (Proven.Action action : proven.actions()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("place", action.moved().place());
      one.put("action", sorted(action.moved().row()));
      one.put("notes", action.moved().notes());
      one.put("proof", proof(action.proof(), action.zone()));
      actions.add(one);
    }
    root.put("actions", actions);
    List<Object> left = new ArrayList<>();
    for (LeftOut one : proven.move().leftOut()) {
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("place", one.place());
      values.put("written", one.written());
      values.put("reason", one.reason());
      values.put("fault", one.isFault());
      left.add(values);
    }
    root.put("not_taken_over", left);
    root.put("replaced", replaced.stream().map(MoveText::form).toList());
    root.put("callbacks", proven.move().callbacks());
    return Json.write(root);
  }

  private static Map<String, Object> form(RowChanges.Changed row) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("before", ActionForm.of(row.before()));
    values.put("after", ActionForm.of(row.after()));
    return values;
  }

  private static Map<String, Object> proof(Proof proof, ZoneId zone) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("from", proof.from().toString());
    values.put("to", proof.to().toString());
    values.put("timezone", zone.getId());
    values.put("here", proof.here());
    values.put("there", proof.there());
    values.put("same", proof.isSame());
    List<Object> differences = new ArrayList<>();
    for (Difference difference : proof.differences()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("kind", difference.kind().name().toLowerCase(Locale.ROOT));
      one.put("count", difference.count());
      List<Object> examples = new ArrayList<>();
      for (Difference.Example example : difference.examples()) {
        Map<String, Object> times = new LinkedHashMap<>();
        times.put("at", IsoTime.text(example.at(), zone));
        times.put("here", example.here());
        times.put("there", example.there());
        examples.add(times);
      }
      one.put("examples", examples);
      differences.add(one);
    }
    values.put("differences", differences);
    return values;
  }

  /** The values of a row, in the usual order. */
  private static Map<String, Object> sorted(Map<String, Object> row) {
    Map<String, Object> sorted = new LinkedHashMap<>();
    for (String column :
        List.of(
            "name",
            "command",
            "cron",
            "timezone",
            "callback",
            "enabled",
            "parameters",
            "overlap",
            "merge_missed",
            "actuality_time")) {
      if (row.containsKey(column)) {
        sorted.put(column, row.get(column));
      }
    }
    row.forEach(sorted::putIfAbsent);
    if (sorted.get("cron") instanceof Map<?, ?> cron) {
      sorted.put("cron", inOrder(cron, List.of("format", "params")));
    }
    return sorted;
  }

  /** The values of a schedule, in the order in which people write them. */
  private static Map<String, Object> inOrder(Map<?, ?> values, List<String> first) {
    Map<String, Object> sorted = new LinkedHashMap<>();
    first.stream().filter(values::containsKey).forEach(key -> sorted.put(key, values.get(key)));
    values.forEach((key, value) -> sorted.putIfAbsent(key.toString(), value));
    if (sorted.get("params") instanceof Map<?, ?> params) {
      sorted.put("params", inOrder(params, List.of("value", "every", "run_date", "start_date")));
    }
    return sorted;
  }
}
