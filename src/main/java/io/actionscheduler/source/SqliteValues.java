package io.actionscheduler.source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Reads a row value by value, with the values of any type that SQLite allows. A blob is read as the
 * JSON or text that it contains; if it contains neither, the row cannot be understood.
 */
final class SqliteValues {
  private static final int SHOWN_BYTES = 8;

  private final Handle handle;
  private final List<Column> columns;

  SqliteValues(Handle handle, List<Column> columns) {
    this.handle = handle;
    this.columns = columns;
  }

  /** The row at the cursor, whose values begin at the column {@code first}. */
  ActionRow oneByOne(ResultSet row, int first) throws SQLException {
    String[] values = ActionRow.emptyValues();
    InvalidRow fault = null;
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      Object value = row.getObject(first + i);
      Optional<String> text = column == Column.ID ? idText(value) : text(column, value);
      values[column.ordinal()] = text.orElse(null);
      if (text.isEmpty() && value != null && fault == null) {
        fault = InvalidRow.ofShown(column, shown(value), column.allowed());
      }
    }
    return fault == null ? ActionRow.ofAll(values) : ActionRow.unreadable(values, fault);
  }

  /** A number as it is, anything else as SQL writes it: {@code '7'} is not a number. */
  private static Optional<String> idText(Object value) {
    if (value instanceof String text) {
      return Optional.of("'" + text + "'");
    }
    return value instanceof byte[]
        ? Optional.of(shown(value))
        : Optional.ofNullable(value).map(Object::toString);
  }

  private Optional<String> text(Column column, Object value) {
    if (!(value instanceof byte[] blob)) {
      return Optional.ofNullable(value).map(Object::toString);
    }
    Optional<String> json = column.kind() == Column.Kind.JSON ? json(blob) : Optional.empty();
    return json.isPresent() ? json : utf8(blob);
  }

  /** SQLite's own binary JSON. */
  private Optional<String> json(byte[] blob) {
    return handle
        .createQuery("SELECT CASE WHEN json_valid(:blob, 8) THEN json(:blob) END")
        .bind("blob", blob)
        .mapTo(String.class)
        .findOne();
  }

  private static Optional<String> utf8(byte[] blob) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(blob)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static String shown(Object value) {
    byte[] blob = (byte[]) value;
    int length = Math.min(blob.length, SHOWN_BYTES);
    return "X'"
        + HexFormat.of().formatHex(blob, 0, length)
        + (length < blob.length ? "…' (" + blob.length + " bytes)" : "'");
  }
}
