package io.actionscheduler.fire;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.action.Policy;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.text.CronReader;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rule for missed fires as a table: overlap, merging, actuality, the cap and jitter. */
@Tag("time")
class MissedFiresTableTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:30Z");

  /** Every minute, at 12:00:30; those up to {@code behind} minutes before 12:00 are not settled. */
  @ParameterizedTest(
      name = "{0} behind, {1}, merge {2}, actual {3} s, at most {4} with {5} under way: {6}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        // behind | overlap | merge | actuality | most | under way | expired, next, merged
        "5 | QUEUE | false | -1  | - | 0 | 0 expired, 11:56, 0 merged",
        "5 | QUEUE | false | -1  | 3 | 0 | 2 expired, 11:58, 0 merged",
        "5 | QUEUE | false | 90  | 3 | 0 | 3 expired, 11:59, 0 merged",
        "5 | QUEUE | false | 90  | 1 | 0 | 4 expired, 12:00, 0 merged",
        "5 | QUEUE | false | -1  | 0 | 0 | 5 expired, none, 0 merged",
        "5 | QUEUE | true  | -1  | 1 | 0 | 0 expired, 12:00, 4 merged",
        "5 | QUEUE | true  | 90  | 1 | 0 | 3 expired, 12:00, 1 merged",
        "5 | QUEUE | true  | 0   | - | 0 | 5 expired, none, 0 merged",
        "5 | SKIP  | false | -1  | 3 | 0 | 2 expired, 11:58, 0 merged",
        "5 | ALLOW | false | -1  | - | 0 | 0 expired, 11:56, 0 merged",
        "5 | ALLOW | false | -1  | - | 2 | 0 expired, 11:56, 0 merged",
        "5 | ALLOW | false | -1  | 3 | 0 | 2 expired, 11:58, 0 merged",
        "5 | ALLOW | false | -1  | 3 | 1 | 3 expired, 11:59, 0 merged",
        "5 | ALLOW | false | -1  | 3 | 2 | 4 expired, 12:00, 0 merged",
        "5 | ALLOW | false | 90  | 3 | 1 | 3 expired, 11:59, 0 merged",
        "5 | ALLOW | false | 90  | 3 | 2 | 4 expired, 12:00, 0 merged",
        "5 | ALLOW | true  | -1  | 1 | 1 | 0 expired, 12:00, 4 merged",
        "5 | ALLOW | true  | 90  | - | 1 | 3 expired, 12:00, 1 merged",
        "1 | ALLOW | false | -1  | 3 | 2 | 0 expired, 12:00, 0 merged",
        "0 | ALLOW | false | -1  | 3 | 3 | 0 expired, none, 0 merged",
      })
  void whatIsMissed(
      int behind,
      Overlap overlap,
      boolean merge,
      long actuality,
      Long most,
      int underWay,
      String expected) {
    Action action = action("\"* * * * *\"", overlap, MissedPolicy.of(merge, actuality));
    Instant after = Instant.parse("2026-06-01T12:00:00Z").minus(Duration.ofMinutes(behind));
    MissedFires rule = new MissedFires(Optional.ofNullable(most));
    assertThat(told(rule.due(action, after, underWay, NOW))).isEqualTo(expected);
  }

  /** As above, each fire up to 20 s late by its jitter, a derived one; looked at 40 s later. */
  @ParameterizedTest(name = "merge {0}, actual {1} s, at most {2} at {3}: {4}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "false | -1 | - | 12:00:40 | 0 expired, 11:57, 0 merged",
        "false | -1 | 2 | 12:00:40 | 2 expired, 11:59, 0 merged",
        "true  | -1 | 2 | 12:00:40 | 0 expired, 12:00, 3 merged",
        "true  | 100 | - | 12:00:40 | 2 expired, 12:00, 1 merged",
        "false | 30 | - | 12:00:40 | 4 expired, none, 0 merged",
        "false | -1 | - | 11:57:00 | 0 expired, none, 0 merged",
      })
  void whatIsMissedWithJitter(
      boolean merge, long actuality, Long most, String now, String expected) {
    Action action =
        action(
            "{\"format\":\"apscheduler\",\"params\":{\"minute\":\"*\",\"jitter\":20}}",
            Overlap.QUEUE,
            MissedPolicy.of(merge, actuality));
    Instant first = Instant.parse("2026-06-01T11:57:00Z");
    assertThat(Jitter.due(action, first)).isAfter(first).isBefore(first.plusSeconds(20));
    MissedFires rule = new MissedFires(Optional.ofNullable(most));
    Due due =
        rule.due(
            action,
            Instant.parse("2026-06-01T11:56:00Z"),
            0,
            Instant.parse("2026-06-01T" + now + "Z"));
    assertThat(told(due)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}, missed {1}, {2} unsettled, {3} of them missed, at most {4}: {5}")
  @CsvSource(
      nullValues = "-",
      value = {
        // a callback that takes four at a time
        "QUEUE, false, 0, 0, -, true",
        "QUEUE, true,  0, 0, -, true",
        "QUEUE, false, 1, 0, -, false",
        "SKIP,  false, 1, 0, -, false",
        "ALLOW, false, 1, 1, 1, true",
        "ALLOW, false, 9, 0, -, true",
        "ALLOW, true,  3, 0, -, true",
        "ALLOW, true,  4, 0, -, false",
        "ALLOW, true,  3, 2, 3, true",
        "ALLOW, true,  3, 3, 3, false",
        "ALLOW, true,  1, 0, 0, false",
        "QUEUE, true,  0, 0, 0, true",
      })
  void whatMayStartWhileOthersAreUnsettled(
      Overlap overlap, boolean missed, int unsettled, int unsettledMissed, Long most, boolean may) {
    MissedFires rule = new MissedFires(Optional.ofNullable(most));
    assertThat(rule.mayStart(overlap, missed, unsettled, unsettledMissed, 4)).isEqualTo(may);
  }

  private static String told(Due due) {
    return "%d expired, %s, %d merged"
        .formatted(
            due.expired().map(Stretch::count).orElse(0L),
            due.fire().map(fire -> fire.scheduledAt().toString().substring(11, 16)).orElse("none"),
            due.fire().map(Fire::missedCount).orElse(0L));
  }

  private static Action action(String cron, Overlap overlap, MissedPolicy missed) {
    return new Action(
        ActionId.of(7),
        "report",
        "command",
        timing(cron),
        new Policy(true, missed, overlap, List.of("stdout"), Optional.empty()),
        Map.of());
  }

  private static Timing timing(String cron) {
    try {
      return new CronReader(new ScheduleParser(UnixDialect.CRONTAB, value -> null))
          .read(cron, ZoneOffset.UTC);
    } catch (InvalidSchedule e) {
      throw new IllegalArgumentException(e);
    }
  }
}
