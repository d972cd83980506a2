package io.actionscheduler.store;

import io.actionscheduler.fire.Account;
import io.actionscheduler.fire.OpenFire;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * A row of {@code scheduler_progress}, in the order of its primary key.
 *
 * @param settledUntil microseconds, as every moment here
 */
record ProgressRow(
    Key key,
    long callback,
    long settledUntil,
    long schedule,
    boolean paused,
    Account account,
    Optional<OpenFire> open)
    implements Comparable<ProgressRow> {
  static final ProgressRow BEFORE_ALL =
      new ProgressRow(Key.FIRST, 0, 0, 0, false, Account.begun(Instant.EPOCH), Optional.empty());

  private static final Comparator<ProgressRow> ORDER =
      Comparator.comparing(ProgressRow::key).thenComparingLong(ProgressRow::callback);

  static ProgressRow of(Progress progress, long callback, long schedule) {
    return new ProgressRow(
        Key.of(progress.key().action()),
        callback,
        Micros.of(progress.settledUntil()),
        schedule,
        progress.paused(),
        progress.account(),
        progress.open());
  }

  static ProgressRow of(ResultSet row) throws SQLException {
    String outcome = row.getString("outcome");
    String open = row.getString("open_fire");
    return new ProgressRow(
        Key.of(row),
        row.getLong("callback_id"),
        row.getLong("settled_until"),
        row.getLong("schedule_id"),
        row.getBoolean("paused"),
        new Account(
            Micros.at(row.getLong("begun_at")),
            outcome == null ? Optional.empty() : Optional.of(Outcome.valueOf(outcome)),
            Micros.at(row.getLong("first_at")),
            row.getLong("fires")),
        open == null ? Optional.empty() : Optional.of(OpenFireJson.read(open)));
  }

  Progress progress(String callbackName, String cron, String zone) {
    return new Progress(
        new ProgressKey(key.id(), callbackName),
        Micros.at(settledUntil),
        cron,
        zone,
        paused,
        account,
        open);
  }

  /** Sets the values of all columns, in the order in which they are written. */
  void bind(Rows.Values values) throws SQLException {
    values
        .number(key.number())
        .text(key.text())
        .number(callback)
        .number(settledUntil)
        .number(schedule)
        .flag(paused)
        .number(Micros.of(account.begunAt()))
        .text(account.outcome().map(Outcome::name).orElse(null))
        .number(Micros.of(account.first()))
        .number(account.count())
        .text(open.map(OpenFireJson::write).orElse(null));
  }

  @Override
  public int compareTo(ProgressRow other) {
    return ORDER.compare(this, other);
  }
}
