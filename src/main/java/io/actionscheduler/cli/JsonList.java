package io.actionscheduler.cli;

import io.actionscheduler.text.Json;

/** A JSON list that is written item by item, one per line. */
final class JsonList {
  private final Output out;
  private String before = "[\n";

  JsonList(Output out) {
    this.out = out;
  }

  void add(Object item) {
    out.text(before);
    out.text(Json.write(item));
    before = ",\n";
  }

  /** Ends the list; {@code []} when nothing was added. */
  void end() {
    out.line(before.startsWith("[") ? "[]" : "\n]");
  }
}
