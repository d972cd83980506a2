package io.actionscheduler.store;

import io.actionscheduler.action.ActionId;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * An action's id as two columns that sort in the order of ids: a number and no text, or the
 * greatest number and a text.
 */
record Key(long number, String text) implements Comparable<Key> {
  /** The key that no id is before. */
  static final Key FIRST = new Key(Long.MIN_VALUE, "");

  static Key of(ActionId id) {
    return id.number().isPresent()
        ? new Key(id.number().getAsLong(), "")
        : new Key(Long.MAX_VALUE, id.text());
  }

  /** Sets both columns of {@code id}; as {@link #of}, without a key in between. */
  static Bulk.Values bind(Bulk.Values values, ActionId id) throws SQLException {
    return id.number().isPresent()
        ? values.number(id.number().getAsLong()).text("")
        : values.number(Long.MAX_VALUE).text(id.text());
  }

  /** From the columns {@code action_number} and {@code action_text}. */
  static Key of(ResultSet row) throws SQLException {
    return new Key(row.getLong("action_number"), row.getString("action_text"));
  }

  ActionId id() {
    return text.isEmpty() ? ActionId.of(number) : new ActionId(text);
  }

  @Override
  public int compareTo(Key other) {
    int byNumber = Long.compare(number, other.number);
    return byNumber != 0 ? byNumber : text.compareTo(other.text);
  }
}
