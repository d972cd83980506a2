package io.actionscheduler.engine.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.text.CronReader;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first fire here after the Python program, and how many the time since then has. */
@Tag("time")
class TakeoverTest {
  private static final CronReader CRONS =
      new CronReader(new ScheduleParser(UnixDialect.CRONTAB, value -> null));
  private static final CronReader THERE =
      new CronReader(new ScheduleParser(UnixDialect.APSCHEDULER, value -> null));

  @ParameterizedTest(name = "{0} in {1}, next run {2}, read {3}: {4}")
  @CsvSource(
      delimiter = '|',
      value = {
        // its next run is still to come, and is the next here
        "0 2 * * *  | UTC | 2026-03-03T02:00:00Z | 2026-03-02T10:00:00Z | 2026-03-03T02:00:00Z",
        // it was missed
        "0 2 * * *  | UTC | 2026-03-02T02:00:00Z | 2026-03-02T10:00:00Z | 2026-03-02T02:00:00Z",
        // the clock skips 02:30: there it runs at 03:30, here at 03:00
        "30 2 * * * | Europe/Berlin | 2027-03-28T01:30:00Z | 2027-03-27T12:00:00Z"
            + " | 2027-03-28T01:00:00Z",
        "30 2 * * * | Europe/Berlin | 2027-03-28T01:30:00Z | 2027-03-28T01:10:00Z"
            + " | 2027-03-28T01:00:00Z",
        "30 2 * * * | Europe/Berlin | 2027-03-28T01:30:00Z | 2027-03-28T12:00:00Z"
            + " | 2027-03-28T01:00:00Z",
        // it repeats 02:30: there the second one counts, here the first
        "30 2 * * * | Europe/Berlin | 2027-10-31T01:30:00Z | 2027-10-30T12:00:00Z"
            + " | 2027-10-31T00:30:00Z",
        "30 2 * * * | Europe/Berlin | 2027-10-31T01:30:00Z | 2027-10-31T00:50:00Z"
            + " | 2027-10-31T00:30:00Z",
        // there it runs 02:15 an hour later; here it has none, and that of 00:15 was run there
        "15 */2 * * * | Europe/Berlin | 2027-03-28T01:15:00Z | 2027-03-27T23:20:00Z"
            + " | 2027-03-28T02:15:00Z",
        "45 */2 * * * | America/New_York | 2027-03-14T07:45:00Z | 2027-03-14T06:50:00Z"
            + " | 2027-03-14T08:45:00Z",
        // the clock skips half an hour, or midnight
        "15 2 * * * | Australia/Lord_Howe | 2027-10-02T15:45:00Z | 2027-10-02T12:00:00Z"
            + " | 2027-10-02T15:30:00Z",
        "30 0 * * * | Africa/Cairo | 2027-04-29T22:30:00Z | 2027-04-29T12:00:00Z"
            + " | 2027-04-29T22:00:00Z",
        // weekday 1 is Tuesday there and Monday here: what is announced is not dropped
        "0 9 * * 1  | UTC | 2026-03-03T09:00:00Z | 2026-03-01T10:00:00Z | 2026-03-02T09:00:00Z",
        "0 9 * * 1  | UTC | 2026-03-03T09:00:00Z | 2026-03-02T10:00:00Z | 2026-03-09T09:00:00Z",
        "0 9 * * 1-3 | UTC | 2026-03-03T09:00:00Z | 2026-03-01T10:00:00Z | 2026-03-02T09:00:00Z",
        "0 9 * * 0,1 | UTC | 2026-03-09T09:00:00Z | 2026-03-03T10:00:00Z | 2026-03-08T09:00:00Z",
        "0 9 2 * 3  | UTC | 2026-04-02T09:00:00Z | 2026-03-05T10:00:00Z | 2026-03-11T09:00:00Z",
        // and there it was to run on the 10th, a Tuesday, where a person postponed it
        "0 9 * * 1-3 | UTC | 2026-03-10T09:00:00Z | 2026-03-01T10:00:00Z | 2026-03-10T09:00:00Z",
        // the same as a form
        "FORM 1-3    | UTC | 2026-03-03T09:00:00Z | 2026-03-01T10:00:00Z | 2026-03-02T09:00:00Z",
        "FORM 0,1    | UTC | 2026-03-09T09:00:00Z | 2026-03-03T10:00:00Z | 2026-03-08T09:00:00Z",
        "FORM 1-3    | UTC | 2026-03-10T09:00:00Z | 2026-03-01T10:00:00Z | 2026-03-10T09:00:00Z",
        // a person had it run later than its schedule says
        "0 2 * * *  | UTC | 2026-03-09T02:00:00Z | 2026-03-02T10:00:00Z | 2026-03-09T02:00:00Z",
        // the job was to run on the 15th, and its row was edited before the first start here
        "2s          | UTC | 2026-03-15T00:00:00Z | 2026-03-02T10:00:00Z | 2026-03-02T10:00:02Z",
        "*/5 * * * * | UTC | 2026-03-15T09:00:00Z | 2026-03-02T10:00:00Z | 2026-03-02T10:05:00Z",
        // with jitter, its next run is up to a minute behind the scheduled time
        "JITTER     | UTC | 2026-03-02T10:00:40Z | 2026-03-02T10:00:20Z | 2026-03-02T10:00:00Z",
        "JITTER     | UTC | 2026-03-02T11:00:40Z | 2026-03-02T10:00:20Z | 2026-03-02T11:00:00Z",
      })
  void theFireThatTheNextRunStandsForIsTheFirstHere(
      String cron, String zone, Instant nextRun, Instant readAt, Instant first) throws Exception {
    String text =
        cron.equals("JITTER")
            ? "{\"format\":\"apscheduler\",\"params\":{\"minute\":\"0\",\"jitter\":60}}"
            : cron.replaceFirst(
                "FORM (.*)", "{\"format\":\"unix\",\"params\":{\"value\":\"0 9 * * $1\"}}");
    Timing timing = CRONS.read(text, ZoneId.of(zone));
    Instant progress = Takeover.progress(timing, nextRun, readAt, THERE::readKept);
    assertThat(timing.schedule().next(progress)).contains(first);
    assertThat(progress).as("far enough back, and no further than needed").isBefore(first);
  }
}
