package io.actionscheduler.action;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.text.CronReader;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActionTest {
  static final Policy POLICY =
      new Policy(
          true,
          new MissedPolicy(true, Optional.empty()),
          Overlap.QUEUE,
          List.of("stdout"),
          Optional.empty());

  static Timing timing(String cron) {
    try {
      return new CronReader(new ScheduleParser(UnixDialect.CRONTAB, value -> null))
          .read(cron, ZoneOffset.UTC);
    } catch (InvalidSchedule e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Action action(String name, String command) {
    return new Action(
        ActionId.of(7), name, command, timing("* * * * *"), POLICY, Map.of("key", "value"));
  }

  @ParameterizedTest(name = "{index}")
  @ValueSource(
      strings = {
        "",
        "report",
        "na\u00efve \u00ff",
        "\u0000\u001f",
        "\u65e5\u672c",
        "half a pair \ud83d",
        "a text that is long enough to be stored as it is, and not together with the other one"
      })
  void nameAndCommandAreWhatWasGiven(String text) {
    assertThat(action(text, "command").name()).isEqualTo(text);
    assertThat(action(text, "command").command()).isEqualTo("command");
    assertThat(action("name", text).name()).isEqualTo("name");
    assertThat(action("name", text).command()).isEqualTo(text);
    assertThat(action(text, text).with(timing("5 * * * *")).command()).isEqualTo(text);
  }

  @Test
  void actionsAreEqualWhereAllTheirValuesAre() {
    Action one = action("ab", "c");

    assertThat(one).isEqualTo(action("ab", "c")).hasSameHashCodeAs(action("ab", "c"));
    assertThat(one).isNotEqualTo(action("a", "bc")).isNotEqualTo(action("abc", ""));
    assertThat(one).isNotEqualTo(one.with(timing("5 * * * *")));
    assertThat(action("\u65e5", "c")).isEqualTo(action("\u65e5", "c"));
    assertThat(action("\u65e5", "c")).isNotEqualTo(action("\u65e5", "d"));
  }
}
