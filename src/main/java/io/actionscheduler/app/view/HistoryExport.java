package io.actionscheduler.app.view;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.fire.HistoryStore;
import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.fire.HistoryStore.Filter;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.text.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes the history to a file, the latest fires first. It reads page by page, so that a million
 * records need no more memory than one page.
 */
public final class HistoryExport {
  /** Records in memory at a time, each with up to 64 KiB of output. */
  private static final int PAGE = 200;

  /** A cell with one of these characters is written in quotes. */
  private static final Pattern QUOTED = Pattern.compile("[\",;\\r\\n\\t]");

  private final HistoryStore store;
  private final List<String> columns;
  private final Function<Entry, Map<String, Object>> form;

  /** The format of the file. */
  public enum Form {
    /** The names of the columns in the first line, then a line for each record. */
    CSV,
    /** A JSON object in each line. */
    JSONL
  }

  /** Takes the text of the file, part by part. */
  @FunctionalInterface
  public interface Sink {
    /**
     * @throws IOException when it cannot be written
     */
    void text(String text) throws IOException;
  }

  /**
   * @param columns members of the objects that CSV shows, in their order
   * @param form a record as a JSON object
   */
  public HistoryExport(
      HistoryStore store, List<String> columns, Function<Entry, Map<String, Object>> form) {
    this.store = requireNonNull(store, "store is null");
    this.columns = List.copyOf(columns);
    this.form = requireNonNull(form, "form is null");
  }

  /**
   * Writes all records that match, without those that are added during the export.
   *
   * @return the number of records
   * @throws IOException from {@code out}
   * @throws StoreException when the store cannot be read; a part may be written by then
   */
  public long write(Filter filter, Form kind, Sink out) throws IOException, StoreException {
    if (kind == Form.CSV) {
      out.text(String.join(",", columns) + "\r\n");
    }
    long written = 0;
    long before = Long.MAX_VALUE;
    while (true) {
      List<Entry> page = store.history(filter, before, PAGE);
      for (Entry entry : page) {
        Map<String, Object> record = form.apply(entry);
        out.text(kind == Form.CSV ? csv(record) : Json.write(record) + "\n");
      }
      written += page.size();
      if (page.size() < PAGE) {
        return written;
      }
      before = page.get(PAGE - 1).number();
    }
  }

  private String csv(Map<String, Object> record) {
    return columns.stream()
        .map(column -> cell(record.get(column)))
        .collect(Collectors.joining(",", "", "\r\n"));
  }

  /**
   * A cell by RFC 4180. A text that a spreadsheet would take for a formula begins with an added
   * apostrophe, since names and errors may come from anybody.
   */
  static String cell(Object value) {
    if (value == null) {
      return "";
    }
    String text = value.toString();
    if (value instanceof String && isFormula(text)) {
      text = "'" + text;
    }
    return QUOTED.matcher(text).find() ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }

  private static boolean isFormula(String text) {
    String bare = text.stripLeading(); // as spreadsheets do
    return !bare.isEmpty() && "=+-@\uFF1D\uFF0B\uFF0D\uFF20".indexOf(bare.charAt(0)) >= 0
        || !text.isEmpty() && "\t\r\n".indexOf(text.charAt(0)) >= 0;
  }
}
