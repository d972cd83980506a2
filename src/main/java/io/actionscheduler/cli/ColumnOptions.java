package io.actionscheduler.cli;

import io.actionscheduler.source.Column;
import java.util.EnumMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The values of a row that are given as options. */
final class ColumnOptions {
  private final Map<Column, String> given = new EnumMap<>(Column.class);

  Map<Column, String> given() {
    return given;
  }

  @Option(names = "--name", paramLabel = "TEXT", description = "Name for people.")
  void name(String value) {
    given.put(Column.NAME, value);
  }

  @Option(names = "--command", paramLabel = "TEXT", description = "Text that the callback gets.")
  void command(String value) {
    given.put(Column.COMMAND, value);
  }

  @Option(
      names = "--cron",
      paramLabel = "CRON",
      description = "Schedule: crontab text, an interval, an instant, or JSON.")
  void cron(String value) {
    given.put(Column.CRON, value);
  }

  @Option(
      names = "--merge-missed",
      arity = "1",
      paramLabel = "true|false",
      description = "Whether only the latest of several missed fires is delivered.")
  void mergeMissed(boolean value) {
    given.put(Column.MERGE_MISSED, Boolean.toString(value));
  }

  @Option(
      names = "--actuality-time",
      paramLabel = "SECONDS",
      description = "Age at which a missed fire expires; negative: never.")
  void actualityTime(long value) {
    given.put(Column.ACTUALITY_TIME, Long.toString(value));
  }

  @Option(
      names = "--enabled",
      arity = "1",
      paramLabel = "true|false",
      description = "Whether it fires at all.")
  void enabled(boolean value) {
    given.put(Column.ENABLED, Boolean.toString(value));
  }

  @Option(names = "--timezone", paramLabel = "ZONE", description = "Zone of its schedule.")
  void timezone(String value) {
    given.put(Column.TIMEZONE, value);
  }

  @Option(
      names = "--start-date",
      paramLabel = "TIME",
      description = "The first moment at which it may fire; an interval counts from it.")
  void startDate(String value) {
    given.put(Column.START_DATE, value);
  }

  @Option(
      names = "--end-date",
      paramLabel = "TIME",
      description = "The last moment at which it may fire.")
  void endDate(String value) {
    given.put(Column.END_DATE, value);
  }

  @Option(
      names = "--jitter",
      paramLabel = "SECONDS",
      description = "The longest delay of a fire after its scheduled time.")
  void jitter(long value) {
    given.put(Column.JITTER, Long.toString(value));
  }

  @Option(
      names = "--callback",
      paramLabel = "NAME",
      description = "Callbacks that get its fires, separated by commas.")
  void callback(String value) {
    given.put(Column.CALLBACK, value);
  }

  @Option(
      names = "--parameters",
      paramLabel = "JSON",
      description = "Values for the callback: an object.")
  void parameters(String value) {
    given.put(Column.PARAMETERS, value);
  }

  @Option(
      names = "--retry",
      paramLabel = "JSON",
      description = "{\"max_retries\": 3, \"retry_delay\": 5, \"backoff_factor\": 2}")
  void retry(String value) {
    given.put(Column.RETRY, value);
  }

  @Option(
      names = "--overlap",
      paramLabel = "queue|skip|allow",
      description = "What happens to a fire that is due while the one before runs.")
  void overlap(String value) {
    given.put(Column.OVERLAP, value);
  }

  @Option(
      names = "--calendar",
      paramLabel = "NAME|only:NAME",
      description = "Never fires at times of the calendar, or only then; commas between several.")
  void calendar(String value) {
    given.put(Column.CALENDAR, value);
  }

  @Option(names = "--owner-id", paramLabel = "TEXT", description = "Owner, for people.")
  void ownerId(String value) {
    given.put(Column.OWNER_ID, value);
  }
}
