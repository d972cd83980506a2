package io.actionscheduler.store;

import io.actionscheduler.db.Micros;
import io.actionscheduler.fire.ReloadRequest;
import io.actionscheduler.fire.ReloadRequest.Answer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table {@code scheduler_reload}, with one row at most. */
final class ReloadTable {
  private ReloadTable() {}

  static void keep(Handle handle, ReloadRequest request) {
    if (request.answer().isPresent()) {
      answer(handle, request, request.answer().get());
      return;
    }
    handle.execute("DELETE FROM scheduler_reload");
    handle
        .createUpdate("INSERT INTO scheduler_reload (asked_at) VALUES (:at)")
        .bind("at", Micros.of(request.askedAt()))
        .execute();
  }

  /** A request that came meanwhile stays: it has not been answered. */
  private static void answer(Handle handle, ReloadRequest request, Answer answer) {
    handle
        .createUpdate(
            "UPDATE scheduler_reload SET done = :done, answer = :answer WHERE asked_at = :at")
        .bind("at", Micros.of(request.askedAt()))
        .bind("done", answer.done() ? 1 : 0)
        .bind("answer", answer.text())
        .execute();
  }

  static Optional<ReloadRequest> read(Handle handle) {
    return handle
        .createQuery("SELECT asked_at, done, answer FROM scheduler_reload")
        .map((row, context) -> request(row))
        .findFirst();
  }

  private static ReloadRequest request(ResultSet row) throws SQLException {
    int done = row.getInt("done");
    Optional<Answer> answer =
        row.wasNull()
            ? Optional.empty()
            : Optional.of(new Answer(done == 1, row.getString("answer")));
    return new ReloadRequest(Micros.at(row.getLong("asked_at")), answer);
  }
}
