package io.actionscheduler.store;

import io.actionscheduler.db.Micros;
import io.actionscheduler.fire.Account;
import io.actionscheduler.fire.OpenFire;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A row of {@code scheduler_progress} as it was read.
 *
 * @param schedule number of the schedule; 0 where {@code cronAndZone} holds it
 */
record ProgressRow(
    Key key,
    long callback,
    Instant settledUntil,
    long schedule,
    List<String> cronAndZone,
    boolean paused,
    Account account,
    Optional<OpenFire> open) {

  /**
   * From the columns in the order of {@link ProgressReader}: finding them by name would double the
   * time.
   */
  static ProgressRow of(ResultSet row) throws SQLException {
    long number = row.getLong(1);
    long schedule = row.getLong(5); // 0 for NULL
    String outcome = row.getString(10);
    String open = row.getString(13);
    return new ProgressRow(
        new Key(number, number == Long.MAX_VALUE ? row.getString(2) : ""),
        row.getLong(3),
        Micros.at(row.getLong(4)),
        schedule,
        schedule == 0 ? List.of(row.getString(6), row.getString(7)) : List.of(),
        row.getBoolean(8),
        new Account(
            Micros.at(row.getLong(9)),
            outcome == null ? Optional.empty() : Optional.of(Outcome.valueOf(outcome)),
            Micros.at(row.getLong(11)),
            row.getLong(12)),
        open == null ? Optional.empty() : Optional.of(OpenFireJson.read(open)));
  }

  Progress progress(String callbackName, List<String> shared) {
    List<String> text = schedule == 0 ? cronAndZone : shared;
    return new Progress(
        new ProgressKey(key.id(), callbackName),
        settledUntil,
        text.get(0),
        text.get(1),
        paused,
        account,
        open);
  }
}
