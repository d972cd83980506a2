package io.actionscheduler.store;

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
 * @param schedule 0 where {@code cronAndZone} stands for itself
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

  static ProgressRow of(ResultSet row) throws SQLException {
    long schedule = row.getLong("schedule_id"); // 0 for NULL
    String outcome = row.getString("outcome");
    String open = row.getString("open_fire");
    return new ProgressRow(
        Key.of(row),
        row.getLong("callback_id"),
        Micros.at(row.getLong("settled_until")),
        schedule,
        schedule == 0 ? List.of(row.getString("cron"), row.getString("zone")) : List.of(),
        row.getBoolean("paused"),
        new Account(
            Micros.at(row.getLong("begun_at")),
            outcome == null ? Optional.empty() : Optional.of(Outcome.valueOf(outcome)),
            Micros.at(row.getLong("first_at")),
            row.getLong("fires")),
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
