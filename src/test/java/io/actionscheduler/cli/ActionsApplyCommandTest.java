package io.actionscheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.text.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file as the truth for the actions of one owner. */
class ActionsApplyCommandTest {
  private static final String FILE =
      """
      - {name: report, command: make report, cron: "30 3 * * *"}
      - {name: poll, command: poll, cron: 90s, merge_missed: true, parameters: {a: 1, b: [2]}}
      """;

  @TempDir private Path folder;
  private Installation here;

  @BeforeEach
  void install() {
    here = Installation.in(folder);
    assertThat(here.type("db", "upgrade").code()).isZero();
  }

  private Typed apply(String file, String... more) {
    String[] command = {"actions", "apply", "-", "--owner", "billing"};
    String[] all = new String[command.length + more.length];
    System.arraycopy(command, 0, all, 0, command.length);
    System.arraycopy(more, 0, all, command.length, more.length);
    return here.typeWith(file, all);
  }

  private List<String> table() {
    return here.type("actions", "list").lines().stream()
        .skip(1)
        .map(line -> line.replaceAll(" {2,}", "|").strip())
        .toList();
  }

  @Test
  void thePlanIsShownAndNothingChanges() {
    Typed typed = apply(FILE);
    assertThat(typed.code()).isZero();
    assertThat(typed.lines())
        .containsExactly(
            "owner \"billing\": 2 to add, 0 to change, 0 to remove, 0 unchanged",
            "+ new action \"report\": next 2026-11-21T03:30:00+00:00",
            "+ new action \"poll\": next 2026-11-20T10:01:30+00:00");
    assertThat(typed.err()).contains("nothing was changed; add --write to carry this out");
    assertThat(table()).isEmpty();
  }

  @Test
  void theNextTimesOfThePlanAreThoseThatCalendarsAndBlackoutsLeave() {
    here.configToo(
        "calendars: {away: {dates: [2026-11-21..2026-11-23]}}\n"
            + "blackout: [{from: '10:00', to: '10:02', mode: skip}]\n");
    assertThat(
            apply(
                    """
                    - {name: report, command: x, cron: "30 3 * * *", calendar: away}
                    - {name: poll, command: x, cron: "* * * * *"}
                    """)
                .lines())
        .contains(
            "+ new action \"report\": next 2026-11-24T03:30:00+00:00",
            "+ new action \"poll\": next 2026-11-20T10:02:00+00:00");
  }

  @Test
  void anEndBeforeTheStartIsTold() {
    String dates = "start_date: 2027-01-02, end_date: 2027-01-01";
    String reason =
        "its end_date 2027-01-01T00:00:00Z lies before its start_date 2027-01-02T00:00:00Z";
    String file =
        "- {name: a, command: x, cron: '0 9 * * *', %1$s}\n- {name: b, command: x, cron: 90s, %1$s}\n"
            .formatted(dates);
    assertThat(apply(file, "--write").lines())
        .contains(
            "+ new action \"a\": never fires: " + reason,
            "+ new action \"b\": never fires: " + reason);
    assertThat(here.type("validate").lines())
        .hasSize(2)
        .allMatch(line -> line.endsWith(": never fires; " + reason));
  }

  @Test
  void whatWasAppliedNeedsNoChangeTheNextTime() {
    assertThat(apply(FILE, "--write").code()).isZero();
    assertThat(table()).hasSize(2);
    Typed again = apply(FILE, "--write");
    assertThat(again.lines())
        .containsExactly("owner \"billing\": 0 to add, 0 to change, 0 to remove, 2 unchanged");
    assertThat(again.err()).isEmpty();
    assertThat(table()).hasSize(2);
  }

  @Test
  void actionsAreChangedAndRemovedByTheirNamesAndThoseOfOthersStay() {
    apply(FILE, "--write");
    here.type("actions", "add", "other", "x", "--cron", "1h", "--owner-id", "sales");
    here.type("actions", "add", "nobody's", "x", "--cron", "1h");
    String edited = "- {name: report, command: make report, cron: '0 4 * * *'}\n";
    assertThat(apply(edited).lines())
        .containsExactly(
            "owner \"billing\": 0 to add, 1 to change, 1 to remove, 0 unchanged",
            "~ action 1 \"report\": cron \"30 3 * * *\" → \"0 4 * * *\"; next"
                + " 2026-11-21T04:00:00+00:00",
            "- action 2 \"poll\"");
    apply(edited, "--write");
    assertThat(table())
        .extracting(row -> row.split("\\|")[0].strip() + " " + row.split("\\|")[1])
        .containsExactly("1 report", "3 other", "4 nobody's");
  }

  @Test
  void aColumnThatTheFileLeavesOutGetsItsDefaultButAPausedActionStaysPaused() throws Exception {
    apply(FILE, "--write");
    here.type("actions", "disable", "2");
    String plain = FILE.replace(", merge_missed: true", "");
    assertThat(apply(plain, "--write").lines().get(1))
        .isEqualTo("~ action 2 \"poll\": merge_missed true → NULL; disabled");
    Map<?, ?> row = (Map<?, ?>) Json.parse(here.type("actions", "show", "2", "--json").out());
    assertThat(row.toString()).contains("enabled=false");
  }

  @Test
  void theSameScheduleWrittenOtherwiseIsNoChange() {
    apply("- {name: a, command: x, cron: {format: unix, params: {value: 0 9 * * *}}}\n", "--write");
    assertThat(apply("- {name: a, command: x, cron: '0 9 * * *'}\n").lines())
        .containsExactly("owner \"billing\": 0 to add, 0 to change, 0 to remove, 1 unchanged");
  }

  @Test
  void anActionWithoutOwnerIsTakenOverOnlyIfThatIsAskedFor() {
    here.type("actions", "add", "report", "make report", "--cron", "30 3 * * *");
    Typed refused = apply(FILE, "--write");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .contains("action 1 \"report\" has this name and no owner; take it over with --adopt");
    assertThat(table()).hasSize(1);
    assertThat(apply(FILE, "--adopt", "--write").lines())
        .contains("owner \"billing\": 1 to add, 1 to change, 0 to remove, 0 unchanged");
    assertThat(table()).hasSize(2);
  }

  @Test
  void oneRowThatCannotBeUnderstoodKeepsEverythingAsItIs() {
    apply(FILE, "--write");
    Typed typed = apply("- {name: report, command: x, cron: '0 25 * * *'}\n", "--write");
    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).contains("action 1 \"report\"", "0 25 * * *");
    assertThat(table()).hasSize(2);
  }

  @Test
  void allFaultsAreReportedTogether() {
    here.type("actions", "add", "report", "make report", "--cron", "30 3 * * *");
    here.type("actions", "add", "poll", "x", "--cron", "1h");
    Typed taken = apply(FILE);
    assertThat(taken.code()).isEqualTo(2);
    assertThat(taken.err())
        .contains("action 1 \"report\" has this name and no owner")
        .contains("action 2 \"poll\" has this name and no owner");
    Typed wrong =
        apply(
            """
            - {name: a, command: x, cron: '0 25 * * *'}
            - {name: b, command: x, cron: '0 26 * * *'}
            """);
    assertThat(wrong.err()).contains("0 25 * * *", "0 26 * * *");
    Typed named =
        apply(
            """
            - {id: 4, name: a, command: x, cron: 1h}
            - {id: 5, name: b, command: x, cron: 1h}
            """);
    assertThat(named.err()).contains("id \"4\": actions are found by", "id \"5\": actions are");
  }

  @Test
  void aFileThatDoesNotSayWhichActionIsMeantIsRefused() {
    String twice = FILE + "- {name: report, command: y, cron: 1h}\n";
    assertThat(apply(twice).err()).contains("the file has it twice");
    assertThat(apply("- {id: 7, name: a, command: y, cron: 1h}\n").err())
        .contains("actions are found by their names; leave it out");
    assertThat(apply("- {name: a, command: y, cron: 1h, owner_id: sales}\n").err())
        .contains("owner_id \"sales\"");
    assertThat(apply("[]").err()).contains("has no actions");
    assertThat(here.typeWith(FILE, "actions", "apply", "-").code()).isEqualTo(2);
  }

  @Test
  void twoActionsOfTheOwnerWithOneNameAreRefused() {
    here.type("actions", "add", "report", "x", "--cron", "1h", "--owner-id", "billing");
    here.type("actions", "add", "report", "y", "--cron", "1h", "--owner-id", "billing");
    assertThat(apply(FILE, "--write").err())
        .contains("action 1 \"report\" has it too", "rename or remove one of them");
  }

  @Test
  void everyActionThatTheFileDoesNotHaveIsRemovedAlsoWhereSeveralHaveOneName() {
    here.type("actions", "add", "old", "x", "--cron", "1h", "--owner-id", "billing");
    here.type("actions", "add", "old", "y", "--cron", "1h", "--owner-id", "billing");
    assertThat(apply(FILE, "--write").lines())
        .startsWith("owner \"billing\": 2 to add, 0 to change, 2 to remove, 0 unchanged");
    assertThat(table()).hasSize(2);
  }

  @Test
  void programsGetThePlanAsJson() throws Exception {
    Map<?, ?> plan = (Map<?, ?>) Json.parse(apply(FILE, "--json").out());
    assertThat((List<?>) plan.get("added")).hasSize(2);
    assertThat(plan.get("unchanged")).isEqualTo(0L);
  }
}
