package io.actionscheduler.source;

import java.util.List;

/**
 * A row as one text, its values separated by U+001F: one call instead of one for each value. This
 * halves the time of a read from SQLite, and fits PostgreSQL's {@code COPY}.
 */
final class PackedRow {
  static final char SEPARATOR = '\u001f';

  /** Represents NULL; no valid value equals this. */
  static final String NULL = "\u001e\u0002";

  private PackedRow() {}

  /**
   * The values of {@code columns}, or null where {@code packed} does not have that many.
   *
   * @param least how many values there are at least; missing ones at the end are NULL
   */
  static String[] split(String packed, List<Column> columns, int least) {
    String[] values = ActionRow.emptyValues();
    int from = 0;
    int last = columns.size() - 1;
    for (int i = 0; i <= last; i++) {
      int separator = packed.indexOf(SEPARATOR, from);
      boolean atEnd = separator < 0;
      if (atEnd ? i < last && i != least - 1 : i == last) {
        return null;
      }
      int to = atEnd ? packed.length() : separator;
      values[columns.get(i).ordinal()] =
          isNull(packed, from, to) ? null : packed.substring(from, to);
      if (atEnd) {
        break;
      }
      from = to + 1;
    }
    return values;
  }

  /** As {@link #split}, for the text format of {@code COPY}, which escapes by backslashes. */
  static String[] splitEscaped(String packed, List<Column> columns) {
    if (packed.indexOf('\\') < 0) {
      return split(packed, columns, columns.size());
    }
    String[] values = ActionRow.emptyValues();
    StringBuilder value = new StringBuilder();
    int column = 0;
    for (int i = 0; i <= packed.length(); i++) {
      char c = i < packed.length() ? packed.charAt(i) : SEPARATOR;
      if (c == SEPARATOR) {
        if (column == columns.size()) {
          return null;
        }
        String text = value.toString();
        values[columns.get(column++).ordinal()] = text.equals(NULL) ? null : text;
        value.setLength(0);
      } else if (c == '\\' && i + 1 < packed.length()) {
        value.append(unescaped(packed.charAt(++i)));
      } else {
        value.append(c);
      }
    }
    return column == columns.size() ? values : null;
  }

  private static char unescaped(char c) {
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> '\u000b';
      default -> c; // a backslash or the separator itself
    };
  }

  private static boolean isNull(String packed, int from, int to) {
    return to - from == NULL.length() && packed.startsWith(NULL, from);
  }
}
