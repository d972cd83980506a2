package io.actionscheduler.store;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.db.Micros;
import io.actionscheduler.fire.Change;
import io.actionscheduler.fire.Change.Kind;
import io.actionscheduler.fire.Change.Via;
import io.actionscheduler.fire.ChangeStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** Reads and writes the table {@code scheduler_change}. */
final class ChangeTable {
  private ChangeTable() {}

  static void add(Handle handle, Collection<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            INSERT INTO scheduler_change (action_number, action_text, changed_at, kind, editor, via,
              request, row_before, row_after)
            VALUES (:number, :text, :at, :kind, :editor, :via, :request, :before, :after)
            """);
    for (Change change : changes) {
      Key key = Key.of(change.action());
      batch
          .bind("number", key.number())
          .bind("text", key.text())
          .bind("at", Micros.of(change.at()))
          .bind("kind", change.kind().name())
          .bind("editor", change.editor())
          .bind("via", change.via().name())
          .bind("request", change.request())
          .bind("before", change.before())
          .bind("after", change.after())
          .add();
    }
    batch.execute();
    handle
        .createUpdate(
            "DELETE FROM scheduler_change WHERE id <= (SELECT max(id) FROM scheduler_change) -"
                + " :most")
        .bind("most", ChangeStore.MOST_CHANGES)
        .execute();
  }

  static List<Change> read(Handle handle, Optional<ActionId> action, long before, int most) {
    Query query =
        handle
            .createQuery(
                "SELECT * FROM scheduler_change WHERE id < :before"
                    + (action.isPresent()
                        ? " AND action_number = :number AND action_text = :text"
                        : "")
                    + " ORDER BY id DESC LIMIT :most")
            .bind("before", before)
            .bind("most", most);
    action
        .map(Key::of)
        .ifPresent(key -> query.bind("number", key.number()).bind("text", key.text()));
    return query.map((row, context) -> change(row)).list();
  }

  private static Change change(ResultSet row) throws SQLException {
    return new Change(
        row.getLong("id"),
        Key.of(row).id(),
        Micros.at(row.getLong("changed_at")),
        Kind.valueOf(row.getString("kind")),
        row.getString("editor"),
        Via.valueOf(row.getString("via")),
        row.getString("request"),
        row.getString("row_before"),
        row.getString("row_after"));
  }
}
