package io.actionscheduler.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.app.parts.CronReaders;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.Column;
import io.actionscheduler.source.RowDefaults;
import io.actionscheduler.source.RowReader;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("time")
class ChangePreviewTest {
  private static final Instant NOW = Instant.parse("2026-10-23T10:00:30Z");

  private static Action action(long id, String cron) throws Exception {
    return action(id, cron, "true");
  }

  private static Action action(long id, String cron, String enabled) throws Exception {
    RowDefaults defaults =
        new RowDefaults(true, 60, ZoneId.of("Europe/Berlin"), List.of("stdout"), Set.of("stdout"));
    return new RowReader(CronReaders.of(UnixDialect.CRONTAB), defaults)
        .read(
            ActionRow.of(
                Map.of(
                    Column.ID,
                    Long.toString(id),
                    Column.NAME,
                    "x",
                    Column.COMMAND,
                    "go",
                    Column.CRON,
                    cron,
                    Column.ENABLED,
                    enabled)));
  }

  private static Map<?, ?> map(Object value) {
    return (Map<?, ?>) value;
  }

  @Test
  void timesBeforeAndAfterAreShownWithTheClockChangesAmongThem() throws Exception {
    Action before = action(1, "30 3 * * *");
    Map<String, Object> preview =
        new ChangePreview(List.of(before), NOW)
            .of(Optional.of(before), Optional.of(action(1, "@hourly")));
    assertThat((List<?>) map(preview.get("before")).get("next"))
        .hasSize(10)
        .first()
        .isEqualTo("2026-10-24T03:30:00+02:00");
    assertThat(map(preview.get("before")).get("clock_changes"))
        .isEqualTo(
            List.of(
                Map.of(
                    "at",
                    "2026-10-25T02:00:00+01:00",
                    "offset_before",
                    "+02:00",
                    "offset_after",
                    "+01:00")));
    assertThat(map(preview.get("after")).get("clock_changes")).isEqualTo(List.of());
    assertThat((List<?>) map(preview.get("after")).get("next"))
        .first()
        .isEqualTo("2026-10-23T13:00:00+02:00");
  }

  @Test
  void aScheduleThatNeverFiresIsToldAndANewActionHasNothingBefore() throws Exception {
    Map<String, Object> preview =
        new ChangePreview(List.of(), NOW)
            .of(Optional.empty(), Optional.of(action(0, "0 0 30 2 *")));
    assertThat(preview.get("before")).isNull();
    assertThat(map(preview.get("after")).get("never_fires")).isEqualTo(true);
    assertThat(map(preview.get("busiest_minute")).get("after")).isNull();
  }

  @Test
  void theBusiestMinuteCountsFiresOfAllEnabledActions() throws Exception {
    Action noon = action(1, "0 14 * * *");
    Action often = action(2, "20s");
    List<Action> all = List.of(noon, often, action(3, "0 13 * * *"), action(4, "@hourly", "false"));
    Map<String, Object> preview =
        new ChangePreview(all, NOW).of(Optional.of(noon), Optional.of(action(1, "0 13 * * *")));
    Map<?, ?> busiest = map(preview.get("busiest_minute"));
    assertThat(map(busiest.get("before")))
        .extracting("begin", "fires")
        .containsExactly("2026-10-23T13:00:00+02:00", 4L);
    assertThat(map(busiest.get("after")))
        .extracting("begin", "fires")
        .containsExactly("2026-10-23T13:00:00+02:00", 5L);
  }

  @Test
  void whatFellDueInThisMinuteAlreadyDoesNotCount() throws Exception {
    assertThat(BusiestMinute.of(List.of(action(1, "20s")), NOW))
        .hasValueSatisfying(
            minute -> {
              assertThat(minute.begin()).isEqualTo(Instant.parse("2026-10-23T10:01:00Z"));
              assertThat(minute.fires()).isEqualTo(3);
              assertThat(minute.looked()).isEqualTo(Duration.ofDays(1));
            });
  }

  @ParameterizedTest(name = "merge {0}, actuality {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "true  | -1 | of several missed fires the latest is delivered, the others are merged into it; none expires",
        "false | 90 | each missed fire is delivered, in order; one that is 90 s late expires",
        "false | 60 | each missed fire is delivered, in order; one that is 1 min late expires",
        "false | 7200 | each missed fire is delivered, in order; one that is 2 h late expires",
        "false | 86400 | each missed fire is delivered, in order; one that is 1 day late expires",
        "false | 172800 | each missed fire is delivered, in order; one that is 2 days late expires",
        "false | 0  | each missed fire is delivered, in order; one that is late expires"
      })
  void theRuleForMissedFiresIsASentence(boolean merge, long actuality, String words) {
    assertThat(ChangePreview.words(MissedPolicy.of(merge, actuality))).isEqualTo(words);
  }
}
