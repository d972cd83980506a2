package io.actionscheduler.store;

import io.actionscheduler.db.Micros;
import io.actionscheduler.fire.DeadLetter;
import io.actionscheduler.fire.DeadLetterChanges;
import io.actionscheduler.fire.ProgressKey;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The table {@code scheduler_dead_letter}: some thousands of rows at most. */
final class DeadLetterTable {
  private static final Rows UPSERT =
      new Rows(
          """
          INSERT INTO scheduler_dead_letter (action_number, action_text, callback, scheduled_at,
            fire)
          VALUES\s""",
          "(?,?,?,?,?)",
          """
           ON CONFLICT (action_number, action_text, callback, scheduled_at) DO UPDATE SET
            fire = excluded.fire
          """);

  private static final Rows DELETE =
      new Rows(
          """
          DELETE FROM scheduler_dead_letter
          WHERE (action_number, action_text, callback, scheduled_at) IN (VALUES\s""",
          "(?,?,?,?)",
          ")");

  private static final String SELECT =
      """
      SELECT action_number, action_text, callback, scheduled_at, fire FROM scheduler_dead_letter
      ORDER BY action_number, action_text, scheduled_at, callback
      """;

  private DeadLetterTable() {}

  static void save(Handle handle, DeadLetterChanges changes) throws SQLException {
    DELETE.execute(handle, List.copyOf(changes.ended()), DeadLetterTable::bind);
    UPSERT.execute(
        handle,
        List.copyOf(changes.waiting()),
        (values, letter) -> {
          bind(values, letter.id());
          values.text(OpenFireJson.write(letter.fire()));
        });
  }

  private static void bind(Bulk.Values values, DeadLetter.Id id) throws SQLException {
    Key key = Key.of(id.key().action());
    values.number(key.number()).text(key.text()).text(id.key().callback());
    values.number(Micros.of(id.scheduledAt()));
  }

  static List<DeadLetter> read(Handle handle) throws SQLException {
    List<DeadLetter> letters = new ArrayList<>();
    try (PreparedStatement select = handle.getConnection().prepareStatement(SELECT);
        ResultSet row = select.executeQuery()) {
      while (row.next()) {
        letters.add(
            new DeadLetter(
                new ProgressKey(Key.of(row).id(), row.getString("callback")),
                OpenFireJson.read(row.getString("fire"))));
      }
    }
    return letters;
  }
}
