package io.actionscheduler.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionRowsTest {
  @Test
  void aRowHasTheColumnsAsTheTableHasThem() throws InvalidYaml {
    List<Map<String, Object>> rows =
        ActionRows.read(
            """
            - name: 010
              command: no
              cron: {format: interval, params: {every: 90s, start_date: 2026-01-01}}
              merge_missed: yes
              actuality_time: -1
              enabled: false
              callback: [a, b]
              parameters: {n: 1, x: 1.5, at: 12:30, none: null}
              owner_id: 12:30
              timezone:
            """);

    assertThat(rows).hasSize(1);
    Map<String, Object> row = rows.get(0);
    assertThat(row.get("name")).isEqualTo("010");
    assertThat(row.get("command")).isEqualTo("no");
    assertThat(row.get("cron"))
        .isEqualTo(
            Map.of(
                "format",
                "interval",
                "params",
                Map.of("every", "90s", "start_date", "2026-01-01")));
    assertThat(row.get("merge_missed")).isEqualTo(true);
    assertThat(row.get("actuality_time")).isEqualTo(-1L);
    assertThat(row.get("enabled")).isEqualTo(false);
    assertThat(row.get("callback")).isEqualTo(List.of("a", "b"));
    assertThat(Json.write(row.get("parameters")))
        .isEqualTo("{\"n\":1,\"x\":1.5,\"at\":\"12:30\",\"none\":null}");
    assertThat(row.get("owner_id")).isEqualTo("12:30");
    assertThat(row).containsEntry("timezone", null);
  }

  @Test
  void whatIsWrittenIsReadBack() throws InvalidYaml {
    String read =
        """
        - {id: 7, name: "a: b # c", command: "line\\nbreak \\u0007 'q' \\"q\\" \\ud83d\\ude00",
           cron: "* * * * *", merge_missed: null, parameters: {"010": "010", on: "no", e: ""}}
        - {name: " x ", command: "", cron: {format: unix, params: {value: "0 0 * * *"}}}
        """;
    List<Map<String, Object>> rows = ActionRows.read(read);

    assertThat(ActionRows.read(ActionRows.write(rows))).isEqualTo(rows);
    assertThat(ActionRows.write(rows)).contains("  name: 'a: b # c'");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{a: 1}       | line 1: a list of actions is expected, \"- name: …\" for each",
        "- [x         | line 1, column 5: not YAML that can be read: while parsing a flow sequence: expected ',' or ']', but got <stream end>",
        "- x          | line 1: an action is expected, with name, command and cron",
        "- {name: a, cron: b}             | line 1: the action has no command",
        "- {name: a, command: ~, cron: b} | line 1: command: is empty",
        "- {name: a, command: [c], cron: b} | line 1: command: this is not allowed; allowed: text",
        "- {name: a, command: c, cron: b, enabled: maybe} | line 1: enabled: \"maybe\" is not allowed; allowed: true or false",
        "- {name: a, command: c, cron: b, actuality_time: 1.5} | line 1: actuality_time: \"1.5\" is not allowed; allowed: a whole number",
        "- {name: a, command: c, cron: b, comand: c} | line 1: comand: unknown column; did you mean command? known: actuality_time, calendar, callback, command, created_at, cron, enabled, end_date, id, jitter, merge_missed, name, overlap, owner_id, parameters, retry, start_date, timezone, updated_at",
      })
  void whatIsNoActionIsTold(String yaml, String message) {
    assertThat(catchThrowableOfType(InvalidYaml.class, () -> ActionRows.read(yaml)).getMessage())
        .isEqualTo(message);
  }

  @Test
  void nothingIsNoActions() throws InvalidYaml {
    assertThat(ActionRows.read("# none\n")).isEmpty();
    assertThat(ActionRows.read("[]")).isEmpty();
  }
}
