package io.actionscheduler.cli;

import io.actionscheduler.app.view.ActionForm;
import io.actionscheduler.app.view.ActionView;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.Column;
import io.actionscheduler.source.RowChanges;
import io.actionscheduler.text.Json;
import io.actionscheduler.text.Quoted;
import java.util.Optional;
import java.util.stream.Collectors;

/** A change of a row in words: {@code cron "0 9 * * *" → "0 10 * * *"; enabled false → NULL}. */
final class RowChangeText {
  private RowChangeText() {}

  static String of(RowChanges.Changed row) {
    return row.values().keySet().stream()
        .map(column -> change(row, column))
        .collect(Collectors.joining("; "));
  }

  private static String change(RowChanges.Changed row, Column column) {
    return column.sqlName()
        + " "
        + shown(row.before(), column)
        + " → "
        + shown(row.after(), column);
  }

  private static String shown(ActionRow row, Column column) {
    Optional<String> value = row.get(column);
    if (value.isEmpty()) {
      return "NULL";
    }
    return column == Column.CRON
        ? Quoted.quote(ActionView.shortCron(value.get()))
        : Json.write(ActionForm.of(row).get(column.sqlName()));
  }
}
