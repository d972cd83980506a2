package io.actionscheduler.app.view;

import io.actionscheduler.action.SourceException;
import io.actionscheduler.config.InvalidConfig;
import io.actionscheduler.config.SampleActions;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.ActionTable;
import io.actionscheduler.source.Column;
import io.actionscheduler.source.InvalidRow;
import io.actionscheduler.text.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rows in the form of {@code sample_actions.yaml}, for the action table. */
public final class SampleRows {
  private static final Logger LOG = LoggerFactory.getLogger(SampleRows.class);

  private SampleRows() {}

  /**
   * Fills an empty table from {@code sample_actions.yaml} beside the configuration.
   *
   * @throws InvalidConfig when the file cannot be read, or has something else than actions
   * @throws InvalidRow when one of its actions cannot be used; none is written then
   * @throws SourceException when the table cannot be read or written; nothing is written then
   */
  public static void write(Path configFile, ActionTable table)
      throws InvalidConfig, InvalidRow, SourceException {
    int written = table.addIfEmpty(rows(SampleActions.beside(configFile)));
    if (written > 0) {
      LOG.info("the action table was empty: {} sample actions written to it", written);
    }
  }

  /** Rows of values by column, as {@code ActionRows} reads them; a map or list becomes JSON. */
  public static List<ActionRow> rows(List<Map<String, Object>> values) {
    List<ActionRow> rows = new ArrayList<>();
    for (Map<String, Object> row : values) {
      Map<Column, String> columns = new EnumMap<>(Column.class);
      row.forEach(
          (name, value) -> {
            if (value != null) {
              columns.put(Column.named(name).orElseThrow(), text(value));
            }
          });
      rows.add(ActionRow.of(columns));
    }
    return rows;
  }

  private static String text(Object value) {
    return value instanceof Map<?, ?> || value instanceof List<?>
        ? Json.write(value)
        : value.toString();
  }
}
