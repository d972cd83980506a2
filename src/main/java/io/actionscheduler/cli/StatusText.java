package io.actionscheduler.cli;

import java.util.List;
import java.util.Map;

/** A status for people. */
final class StatusText {
  private static final int NEXT = 5;
  private static final int PROBLEMS = 50;
  private static final List<String> MOMENTS =
      List.of("since", "until", "at", "next_at", "scheduled_at");

  private final Shell shell;

  StatusText(Shell shell) {
    this.shell = shell;
  }

  void print(Map<String, Object> status) {
    line(heading(status));
    if (status.get("engine") instanceof Map<?, ?> engine) {
      line(
          engine.get("actions")
              + " actions on "
              + engine.get("schedules")
              + " schedules; "
              + engine.get("waiting")
              + " wait for their callback, "
              + engine.get("running")
              + " calls under way; "
              + engine.get("delivered")
              + " delivered since the start");
    }
    List<Map<?, ?>> problems = list(status, "problems");
    line(problems.isEmpty() ? "nothing is wrong" : "wrong:");
    problems.stream().limit(PROBLEMS).forEach(this::item);
    if (problems.size() > PROBLEMS) {
      line("  and " + (problems.size() - PROBLEMS) + " more; --json has all");
    }
    List<Map<?, ?>> waits = list(status, "waits");
    if (!waits.isEmpty()) {
      line("waits:");
      waits.forEach(this::item);
    }
    List<Map<?, ?>> next = list(status, "next");
    if (!next.isEmpty()) {
      Table table = new Table(shell.out(), shell.width().get(), "NEXT", ">ID", "NAME", "CALLBACK");
      next.stream()
          .limit(NEXT)
          .forEach(
              one ->
                  table.row(
                      text(one, "at"),
                      text(one, "job_id"),
                      text(one, "name"),
                      text(one, "callback")));
      table.end();
    }
  }

  private static String heading(Map<String, Object> status) {
    if (status.get("version") != null) {
      return "action-scheduler "
          + status.get("version")
          + (Boolean.TRUE.equals(status.get("ready")) ? " runs" : " starts")
          + ", asked at "
          + status.get("asked");
    }
    return (Boolean.TRUE.equals(status.get("running"))
            ? "a scheduler runs, " + status.get("owner")
            : "no scheduler runs")
        + ", says "
        + status.get("asked");
  }

  private void item(Map<?, ?> item) {
    StringBuilder text =
        new StringBuilder("  " + text(item, "kind") + ": " + text(item, "message"));
    for (String moment : MOMENTS) {
      if (item.get(moment) != null) {
        text.append(" (")
            .append(moment.replace('_', ' '))
            .append(' ')
            .append(item.get(moment))
            .append(')');
      }
    }
    line(text.toString());
  }

  private void line(String text) {
    shell.out().line(DisplayText.safe(text));
  }

  private static String text(Map<?, ?> item, String member) {
    Object value = item.get(member);
    return value == null ? "" : value.toString();
  }

  /** The objects of a list that came as JSON, or was made here. */
  static List<Map<?, ?>> list(Map<?, ?> status, String member) {
    return status.get(member) instanceof List<?> items
        ? items.stream().<Map<?, ?>>map(item -> (Map<?, ?>) item).toList()
        : List.of();
  }
}
