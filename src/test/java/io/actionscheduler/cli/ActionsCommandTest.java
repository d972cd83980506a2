package io.actionscheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActionsCommandTest {
  private static final String SIX_COLUMNS =
      "CREATE TABLE action (id INTEGER PRIMARY KEY, name TEXT, command TEXT, cron JSON,"
          + " merge_missed BOOLEAN, actuality_time INTEGER)";

  @TempDir private Path folder;
  private Installation here;

  @BeforeEach
  void install() {
    here = Installation.in(folder);
  }

  @Test
  void anAddedActionIsListedWithItsNextTime() {
    assertThat(here.add("report", "make report", "30 3 * * *")).isEqualTo("1");
    Typed list = here.type("actions", "list");
    assertThat(list.code()).isZero();
    assertThat(list.lines())
        .containsExactly(
            "ID  NAME    CRON        NEXT                       COMMAND",
            " 1  report  30 3 * * *  2026-11-21T03:30:00+00:00  make report");
  }

  @Test
  void theListSaysWhyAnActionDoesNotFire() {
    here.add("off", "a", "* * * * *");
    here.add("past", "b", "2020-01-01T00:00:00Z");
    here.type("actions", "disable", "1");
    here.sql("INSERT INTO action (id, name, command, cron) VALUES (9, 'bad', 'c', 'nonsense')");
    assertThat(here.type("actions", "list").lines())
        .anyMatch(line -> line.matches(" 1 +off .* disabled +a"))
        .anyMatch(line -> line.matches(" 2 +past .* never +b"))
        .anyMatch(line -> line.matches(" 9 +bad +nonsense +rejected +c"));
  }

  @Test
  void jsonHoldsEveryColumnByItsKind() throws InvalidJson {
    here.type(
        "actions",
        "add",
        "--name=1",
        "--command=go",
        "--cron=@daily",
        "--merge-missed=true",
        "--actuality-time=60",
        "--parameters={\"a\": [1]}",
        "--id=7");
    List<?> list = (List<?>) Json.parse(here.type("actions", "list", "--json").out());
    Map<?, ?> row = (Map<?, ?>) list.get(0);
    assertThat(row.get("id")).isEqualTo(7L);
    assertThat(row.get("name")).isEqualTo("1");
    assertThat(row.get("merge_missed")).isEqualTo(true);
    assertThat(row.get("actuality_time")).isEqualTo(60L);
    assertThat(row.get("parameters")).isEqualTo(Map.of("a", List.of(1L)));
    assertThat(row.containsKey("timezone")).isTrue();
    assertThat(row.get("timezone")).isNull();
  }

  @Test
  void valuesMayLookLikeOptionsAndTemplates() throws InvalidJson {
    here.type(
        "actions",
        "add",
        "--name=--nam",
        "--command",
        "-x ${HOME} %n 'q' \\ @file",
        "--cron=1h",
        "--actuality-time",
        "-1");
    Map<?, ?> row = (Map<?, ?>) Json.parse(here.type("actions", "show", "1", "--json").out());
    assertThat(row.get("name")).isEqualTo("--nam");
    assertThat(row.get("command")).isEqualTo("-x ${HOME} %n 'q' \\ @file");
    assertThat(row.get("actuality_time")).isEqualTo(-1L);
  }

  @Test
  void showTellsWhatIsInForce() throws InvalidJson {
    here.add("x", "go", "90s");
    Typed show = here.type("actions", "show", "1");
    assertThat(show.out()).contains("callbacks      stdout\n", "zone           UTC\n", "state");
    Map<?, ?> json = (Map<?, ?>) Json.parse(here.type("actions", "show", "1", "--json").out());
    assertThat(json.get("expires_after")).isEqualTo("never");
    assertThat((List<?>) json.get("next")).hasSize(3);
  }

  @Test
  void anEditChangesWhatItNamesAndNothingElse() throws InvalidJson {
    here.add("x", "go", "90s");
    Typed edit =
        here.type("actions", "edit", "1", "--timezone=Europe/Berlin", "--merge-missed", "true");
    assertThat(edit.code()).isZero();
    assertThat(edit.out()).isEqualTo("changed action 1 \"x\"\n");
    here.type("actions", "edit", "1", "--unset", "merge-missed", "--command", "stop");
    Map<?, ?> row = (Map<?, ?>) Json.parse(here.type("actions", "show", "1", "--json").out());
    assertThat(row.get("timezone")).isEqualTo("Europe/Berlin");
    assertThat(row.get("merge_missed")).isNull();
    assertThat(row.get("command")).isEqualTo("stop");
    assertThat(row.get("name")).isEqualTo("x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "add --name a --command b                   | --cron is required",
        "add --name a --command b --cron nonsense   | cron",
        "add --name a --command b --cron 1h --callback x | callback",
        "add --name a --command b --cron 1h --merge-missed maybe | maybe",
        "add --name a --command b --cron 1h --overlap never | overlap",
        "edit 1                                     | nothing to change",
        "edit 1 --cron 61s61                        | cron",
        "edit 1 --unset id                          | --unset id",
        "edit x --name y                            | not a whole number",
        "remove                                     | Missing required",
        "                                           | a command is missing",
        "import missing.yaml                        | missing.yaml"
      })
  void wrongUsageIsExplainedAndChangesNothing(String line, String message) {
    here.add("x", "go", "90s");
    String before = here.type("actions", "export").out();
    String words = line == null ? "actions" : "actions " + line;
    Typed typed = here.type(words.split(" "));
    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).contains(message);
    assertThat(here.type("actions", "export").out()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"show 5", "edit 5 --name x", "remove 5", "enable 5", "disable 5", "fire 5"})
  void anUnknownIdFails(String line) {
    here.add("x", "go", "90s");
    String words = line.startsWith("fire") ? line : "actions " + line;
    Typed typed = here.type(words.split(" "));
    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.err()).contains("no action has the id 5");
  }

  @Test
  void whatCanBeDoneIsDoneWhenAnIdIsUnknown() {
    here.add("x", "go", "90s");
    here.add("y", "go", "90s");
    Typed removed = here.type("actions", "remove", "1", "99", "2");
    assertThat(removed.code()).isEqualTo(1);
    assertThat(removed.lines()).containsExactly("removed action 1", "removed action 2");
    assertThat(here.type("actions", "list").lines()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--yaml", "--json"})
  void whatIsExportedCanBeImportedElsewhere(String form, @TempDir Path other) {
    here.add(
        "a: b # c",
        "line\nbreak \u0007 'q' \"q\" 😀",
        "{\"format\":\"apscheduler\",\"params\":{\"second\":\"*/20\"}}");
    here.add("010", "no", "@daily");
    here.type("actions", "edit", "2", "--parameters", "{\"n\": 1.5}", "--callback", "stdout");
    String exported =
        form.equals("--json")
            ? here.type("actions", "export", "--json").out()
            : here.type("actions", "export").out();
    Installation there = Installation.in(other);
    Typed imported = there.typeWith(exported, "actions", "import", "-");
    assertThat(imported.err()).isEmpty();
    assertThat(imported.out()).isEqualTo("2 added, 0 replaced\n");
    assertThat(there.type("actions", "list").out()).isEqualTo(here.type("actions", "list").out());
    assertThat(there.typeWith(exported, "actions", "import", "-").out())
        .isEqualTo("0 added, 2 replaced\n");
  }

  @Test
  void anImportWithOneBadRowChangesNothing() {
    Path file =
        here.write(
            "more.yaml",
            "- {name: a, command: b, cron: 1h}\n- {name: c, command: d, cron: nonsense}\n");
    Typed imported = here.type("actions", "import", file.toString());
    assertThat(imported.code()).isEqualTo(2);
    assertThat(imported.err()).contains("\"c\"", "nonsense");
    assertThat(here.type("actions", "list").lines()).hasSize(1);
  }

  @Test
  void everyFaultOfAnImportedFileIsToldWithItsLine() {
    Path file =
        here.write("more.yaml", "- {name: a}\n- {name: b, command: c, cron: 1h, nmae: x}\n");
    Typed imported = here.type("actions", "import", file.toString());
    assertThat(imported.code()).isEqualTo(2);
    assertThat(imported.err().lines()).allMatch(line -> line.startsWith(file + ": line "));
    assertThat(imported.err()).contains("no command", "did you mean name");
  }

  @Test
  void aTableThatLacksAColumnSaysSoAndHowToAddIt() {
    here.sql(SIX_COLUMNS);
    assertThat(here.add("x", "go", "* * * * *")).isEqualTo("1");
    Typed refused = here.type("actions", "edit", "1", "--timezone", "UTC");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("timezone", "db upgrade");

    Typed upgraded = here.type("db", "upgrade", "--notify");
    assertThat(upgraded.lines().get(0)).startsWith("added enabled, timezone, start_date");
    assertThat(upgraded.out()).contains("cannot report changes");
    assertThat(here.type("actions", "edit", "1", "--timezone", "UTC").code()).isZero();
    assertThat(here.type("db", "upgrade").out()).isEqualTo("the table has every column\n");
  }

  @Test
  void theTableKeepsItsPlaceOnATerminal() {
    here.add("日報 \u001b[31m", "x".repeat(300), "* * * * *");
    Typed list =
        Typed.onTerminal(
            80, "actions", "list", "--config", folder.resolve("config.yaml").toString());
    assertThat(list.lines()).allMatch(line -> DisplayText.width(line) <= 80);
    assertThat(list.out()).doesNotContain("\u001b").contains("\\u001b", "…");
  }

  @Test
  void aDatabaseThatIsNoneIsNamed() {
    here.write("database.db", "this is no database, but long enough to look like a file of one");
    Typed list = here.type("actions", "list");
    assertThat(list.code()).isEqualTo(2);
    assertThat(list.err()).contains("actions_db", "not a sound SQLite database");
    assertThat(list.out()).isEmpty();
  }

  @Test
  void nameAndCommandMayBeArguments() {
    Typed added = here.type("actions", "add", "report", "make report", "--cron", "30 3 * * *");
    assertThat(added.code()).as(added.err()).isZero();
    assertThat(here.type("actions", "list").out()).contains("report", "make report");
    Typed twice = here.type("actions", "add", "a", "c", "--name", "b", "--cron", "30 3 * * *");
    assertThat(twice.code()).isEqualTo(2);
    assertThat(twice.err()).contains("the name is given twice");
    assertThat(here.type("actions", "add", "a", "--cron", "1h").err())
        .contains("--command is required");
  }
}
