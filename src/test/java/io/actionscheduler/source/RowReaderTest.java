package io.actionscheduler.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.CalendarUse;
import io.actionscheduler.action.Snapshot;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.testing.Logged;
import io.actionscheduler.text.CronReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowReaderTest {
  private static final ActionRow ROW =
      ActionRow.of(
          Map.of(Column.ID, "7", Column.NAME, "n", Column.COMMAND, "c", Column.CRON, "@daily"));

  private final RowReader reader = SourceWorld.reader();
  private final CronReader crons =
      new CronReader(
          new ScheduleParser(
              UnixDialect.CRONTAB,
              value -> {
                throw new InvalidSchedule("no quartz in this test");
              }));

  @Test
  void aRowThatDidNotChangeGivesTheSameActionHoweverItsScheduleIsSpaced() throws Exception {
    String compact = "{\"format\":\"unix\",\"params\":{\"value\":\"0 * * * *\"}}";
    String spaced = "{\"format\": \"unix\",\n \"params\": {\"value\": \"0 * * * *\"} }";
    String turned = "{\"params\": {\"value\": \"0 * * * *\"}, \"format\": \"unix\"}";
    Action first = reader.read(ROW.with(Column.CRON, Optional.of(compact)));
    for (String same : List.of(compact, spaced, turned)) {
      ActionRow row = ROW.with(Column.CRON, Optional.of(same));
      Action again = SourceWorld.reader().read(first.id(), row, first);
      assertThat(again).isEqualTo(first);
      assertThat(again.timing().written()).isEqualTo(same);
      assertThat(SourceWorld.reader().read(first.id(), row, again)).isSameAs(again);
    }
    ActionRow inBerlin =
        ROW.with(Column.CRON, Optional.of(spaced))
            .with(Column.TIMEZONE, Optional.of("Europe/Berlin"));
    assertThat(reader.read(first.id(), inBerlin, first)).isNotEqualTo(first);
  }

  /** Programs that write JSON into a JSON column encode it once too often. */
  @Test
  void jsonThatWasEncodedTwiceStandsForWhatItContains() throws Exception {
    ActionRow row =
        ROW.with(Column.PARAMETERS, Optional.of("\"\\\"{\\\\\\\"a\\\\\\\": 1}\\\"\""))
            .with(Column.RETRY, Optional.of("\"{\\\"max_retries\\\": 3}\""));
    Action action = reader.read(row);
    assertThat(action.parameters()).isEqualTo(Map.of("a", 1L));
    assertThat(action.policy().retry().orElseThrow().maxRetries()).isEqualTo(3);
    for (String wrong : List.of("\"a\"", "\"[1]\"", "[1]")) {
      assertThatThrownBy(() -> reader.read(ROW.with(Column.PARAMETERS, Optional.of(wrong))))
          .isInstanceOf(InvalidRow.class)
          .hasMessageContaining("allowed are a JSON object");
    }
  }

  @Test
  void aCharacterOfAZoneThatCannotBeSeenIsNamed() {
    assertThatThrownBy(
            () -> reader.read(ROW.with(Column.TIMEZONE, Optional.of("Europe/Berlin\u00a0"))))
        .isInstanceOf(InvalidRow.class)
        .hasMessageContaining("character 14 is no-break space (U+00A0)");
    assertThatThrownBy(
            () ->
                reader.read(
                    ROW.with(
                        Column.CRON,
                        Optional.of(
                            "{\"format\": \"unix\", \"params\": {\"value\": \"0 9 * * *\","
                                + " \"timezone\": \"Europe/\u200bBerlin\"}}"))))
        .isInstanceOf(InvalidRow.class)
        .hasMessageContaining("character 8 is zero width space (U+200B)");
  }

  private static Action inPhase(String cron, String fire, Action last) throws InvalidRow {
    Phases phases = new Phases(Map.of(ActionId.of(7), Instant.parse(fire)));
    RowReader reader =
        SourceWorld.reader(
            value -> {
              throw new InvalidSchedule("no quartz in this test");
            },
            phases);
    return reader.read(ActionId.of(7), ROW.with(Column.CRON, Optional.of(cron)), last);
  }

  /** There, an interval counts from the moment when its job was made. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "1h | 2026-03-02T12:30:00Z",
        "90m | 2026-03-02T12:10:00Z",
        "1h | 2026-03-02T12:59:59.123456Z",
        "{\"format\": \"interval\", \"params\": {\"timezone\": \"Europe/Berlin\", \"every\": \"1h\"}}"
            + " | 2026-03-02T12:30:00Z",
        "{\"format\": \"interval\", \"params\": {\"start_date\": null, \"every\": \"1h\"}}"
            + " | 2026-03-02T12:30:00Z"
      })
  void anIntervalOfThePythonProgramKeepsItsPhase(String cron, String fire) throws Exception {
    Action action = inPhase(cron, fire, null);
    Timing timing = action.timing();
    Instant at = Instant.parse(fire);
    assertThat(timing.schedule().previous(at)).contains(at);
    assertThat(timing.schedule().next(at.minusSeconds(60))).contains(at);
    assertThat(timing.written()).isEqualTo(cron);
    // As the store has it: other parts read the same times from that.
    assertThat(reader.read(ROW.with(Column.CRON, Optional.of(timing.text()))).timing())
        .isEqualTo(timing);
    assertThat(inPhase(cron, fire, action)).isSameAs(action);
  }

  @Test
  void everyFireOfAPhaseGivesTheSameTiming() throws Exception {
    Action first = inPhase("1h", "2026-03-02T12:30:00Z", null);
    assertThat(inPhase("1h", "2027-08-01T03:30:00Z", first)).isSameAs(first);
    assertThat(first.timing().text())
        .isEqualTo(
            "{\"format\":\"interval\",\"params\":"
                + "{\"every\":\"1h\",\"start_date\":\"1970-01-01T00:30:00Z\"}}");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "0 * * * *",
        "2026-03-02T13:00:00Z",
        "{\"format\": \"interval\", \"params\":"
            + " {\"every\": \"1h\", \"start_date\": \"1970-01-01T00:00:00Z\"}}"
      })
  void otherSchedulesAndIntervalsWithAStartStayAsTheyAre(String cron) throws Exception {
    assertThat(inPhase(cron, "2026-03-02T12:30:00Z", null).timing())
        .isEqualTo(reader.read(ROW.with(Column.CRON, Optional.of(cron))).timing());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "[1, 2] | cron \"[1, 2]\": neither text nor an object; write {\"format\": …",
        "{\"params\": [1, {\"a\": null}],  \"format\": \"unix\"} | params: missing or no object",
        "{\"format\": [\"unix\"], \"params\": {}} | format \"[\"unix\"]\": not text",
        "{\"format\": \"unix\", \"params\": {\"value\": {\"a\": [1, true]}}}"
            + " | value \"{\"a\":[1,true]}\": not text",
        "{\"format\": \"apscheduler\", \"params\": {\"hour\": [1, 2]}}"
            + " | hour \"[1,2]\": \"[1,2]\" is not allowed",
        "{\"format\": \"apscheduler\", \"params\": {\"hour\": 1, \"jitter\": [3]}}"
            + " | jitter \"[3]\": allowed are numbers",
        "soon | cron \"soon\": not a schedule; write",
        "5 | cron \"5\": interval: write whole numbers",
        "@reboot | cron \"@reboot\": crontab: a start of the machine",
        "0 0 30 2 | cron \"0 0 30 2\": crontab: 4 fields",
      })
  void aScheduleThatIsRefusedIsShownOnceAsItIsWritten(String cron, String fault) {
    assertThatThrownBy(() -> reader.read(ROW.with(Column.CRON, Optional.of(cron))))
        .isInstanceOf(InvalidRow.class)
        .hasMessageStartingWith("cron \"" + cron + "\": ")
        .hasMessageContaining(fault);
  }

  @ParameterizedTest(name = "{0}, {1}, {2}, {3}")
  @CsvSource(
      delimiter = '|',
      nullValues = "NULL",
      value = {
        "0 9 * * * | 2026-12-02 | 2026-12-04 | 60 | 2026-12-02T09:00:00Z | 2026-12-03T09:00:00Z",
        "@daily | NULL | 2026-12-04 | NULL | NULL | 2026-12-04T00:00:00Z",
        "1d | 2026-12-02 06:00 | 2026-12-04 | 5 | 2026-12-02T06:00:00Z | 2026-12-03T06:00:00Z",
        "2026-12-03 | 2026-12-02 |  | 60.0 | 2026-12-03T00:00:00Z | 2026-12-03T00:00:00Z",
        "\"0 9 * * *\" | 2026-12-02 | 2026-12-04 | 60 | 2026-12-02T09:00:00Z | 2026-12-03T09:00:00Z",
        "{\"format\":\"apscheduler\",\"params\":{\"hour\":9,\"start_date\":\"2020-01-01\",\"jitter\":1}}"
            + " | 2026-12-02 | 2026-12-04 00:00:00+00 | 60 | 2026-12-02T09:00:00Z | 2026-12-03T09:00:00Z",
      })
  void columnsBoundAndDelayTheFiresOfEveryForm(
      String cron, String start, String end, String jitter, Instant first, Instant last)
      throws Exception {
    ActionRow row =
        ROW.with(Column.CRON, Optional.of(cron))
            .with(Column.START_DATE, Optional.ofNullable(start))
            .with(Column.END_DATE, Optional.ofNullable(end))
            .with(Column.JITTER, Optional.ofNullable(jitter));
    Timing timing = reader.read(row).timing();

    assertThat(timing.jitter().toSeconds())
        .isEqualTo(jitter == null ? 0 : (long) Double.parseDouble(jitter));
    if (first != null) {
      assertThat(timing.schedule().next(Instant.MIN)).contains(first);
    }
    assertThat(timing.schedule().previous(Instant.parse("2030-01-01T00:00:00Z"))).contains(last);
    assertThat(reader.read(row).timing()).isSameAs(timing);
    // What the store keeps of it is enough to read it again.
    assertThat(crons.readKept(timing.text(), timing.storedZone())).contains(timing);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "START_DATE | soon | start_date \"soon\": write 2026-05-05,",
        "END_DATE | 2026-02-30 | end_date \"2026-02-30\": no such date or time",
        "JITTER | -1 | jitter \"-1\": allowed are seconds from 0 to 1000000000 and NULL",
        "JITTER | 0.5 | jitter \"0.5\": allowed are whole numbers and NULL",
      })
  void aBoundOrADelayThatIsNoneIsNamed(Column column, String value, String fault) {
    assertThatThrownBy(() -> reader.read(ROW.with(column, Optional.of(value))))
        .isInstanceOf(InvalidRow.class)
        .hasMessageStartingWith(fault);
  }

  @Test
  void calendarsAreFollowedByTheirNames() throws Exception {
    ActionRow row = ROW.with(Column.CALENDAR, Optional.of("only:office, holidays,not: holidays"));

    assertThat(reader.read(row).policy().calendars())
        .containsExactly(new CalendarUse("office", true), new CalendarUse("holidays", false));
    assertThat(reader.read(ROW.with(Column.CALENDAR, Optional.of(" "))).policy().calendars())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "holliday | no such calendar; known are holidays, office; did you mean holidays?",
        "only: | no such calendar; known are holidays, office",
        "office,,holidays | no such calendar; known are holidays, office",
      })
  void anUnknownCalendarIsNamed(String calendar, String fault) {
    assertThatThrownBy(() -> reader.read(ROW.with(Column.CALENDAR, Optional.of(calendar))))
        .isInstanceOf(InvalidRow.class)
        .hasMessageStartingWith("calendar \"" + calendar + "\": " + fault);
  }

  @Test
  void equalTimingsAndPoliciesAreOneObjectOverAHundredThousandOfThem() throws Exception {
    List<ActionRow> rows =
        IntStream.range(0, 100_000)
            .mapToObj(
                i -> ROW.with(Column.CRON, Optional.of(i % 60 + " " + i / 60 % 24 + " * * *")))
            .toList();
    for (int i = 0; i < 1_440; i++) {
      Action one = reader.read(rows.get(i));
      Action other = reader.read(rows.get(i + 1_440 * 60));
      assertThat(one.timing()).isSameAs(other.timing());
      assertThat(one.policy()).isSameAs(other.policy());
    }
  }

  @Test
  void nothingIsForgottenThatIsOfUseAndNothingKeptThatIsNot() {
    Recent<Integer, Object> recent = new Recent<>();
    Object made = recent.get(1, key -> new Object());
    recent.settle();
    assertThat(recent.get(1, key -> new Object())).isSameAs(made);
    for (int key = 2; key < 5_000; key++) {
      recent.get(key, each -> new Object());
    }
    recent.settle(); // thousands that nobody asked for twice
    assertThat(recent.get(1, key -> new Object())).isNotSameAs(made);
  }

  @Test
  void anActionNeedsAnIdThatIsAWholeNumber() {
    assertThatThrownBy(() -> reader.read(ROW.with(Column.ID, Optional.empty())))
        .hasMessage("id NULL: allowed are whole numbers");
    assertThatThrownBy(() -> reader.read(ROW.with(Column.ID, Optional.of("x"))))
        .hasMessage("id \"x\": allowed are whole numbers");
  }

  @Test
  void aVeryLongActualityIsForever() throws Exception {
    ActionRow row = ROW.with(Column.ACTUALITY_TIME, Optional.of("9223372036854775807"));
    assertThat(reader.read(row).policy().missed().actuality()).isEmpty();
  }

  @Test
  void aDefectOfOneRowLeavesTheOthersAlone() {
    Snapshot snapshot;
    try (Logged log = Logged.of(SnapshotBuilder.class)) {
      snapshot = readWithADefectInTheSecondRow();
      assertThat(log.lines()).singleElement().asString().contains("action 2");
    }
    assertThat(snapshot.actions())
        .extracting(Action::id)
        .containsExactly(ActionId.of(1), ActionId.of(3));
    assertThat(SourceWorld.messages(snapshot).get(0)).contains("action 2 \"n\": a defect", "boom");
  }

  private static Snapshot readWithADefectInTheSecondRow() {
    SnapshotBuilder builder = new SnapshotBuilder(failingOn("boom"), List.of());
    builder.add(ROW.with(Column.ID, Optional.of("1")));
    builder.add(
        ROW.with(Column.ID, Optional.of("2"))
            .with(
                Column.CRON,
                Optional.of("{\"format\": \"quartz\", \"params\": {\"value\": \"boom\"}}")));
    builder.add(ROW.with(Column.ID, Optional.of("3")));
    return builder.finish(Instant.EPOCH);
  }

  private static RowReader failingOn(String value) {
    return SourceWorld.reader(
        text -> {
          throw new IllegalStateException(value);
        });
  }
}
