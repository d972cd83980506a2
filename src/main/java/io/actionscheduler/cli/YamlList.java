package io.actionscheduler.cli;

import io.actionscheduler.text.ActionRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Rows as one YAML list in the form of {@code sample_actions.yaml}, written row by row. */
final class YamlList {
  private static final int BATCH = 1_000; // setting up a writer costs more than a row

  private final Output out;
  private final List<Map<String, Object>> held = new ArrayList<>();

  YamlList(Output out) {
    this.out = out;
  }

  void add(Map<String, Object> row) {
    held.add(row);
    if (held.size() == BATCH) {
      write();
    }
  }

  /** Writes the buffered rows; {@code []} if there were none. */
  void end() {
    write();
  }

  private void write() {
    if (!held.isEmpty()) {
      out.text(ActionRows.write(held));
      held.clear();
    }
  }
}
