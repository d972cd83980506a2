package io.actionscheduler.app.moving;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.CalendarUse;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.action.Policy;
import io.actionscheduler.app.moving.MoveOut.Outcome;
import io.actionscheduler.app.parts.CronReaders;
import io.actionscheduler.move.Move;
import io.actionscheduler.move.Moved;
import io.actionscheduler.move.crontab.Crontab;
import io.actionscheduler.move.kubernetes.CronJobs;
import io.actionscheduler.move.out.Target;
import io.actionscheduler.move.systemd.TimerUnits;
import io.actionscheduler.move.systemd.Units;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.UnixDialect;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("time")
class MoveOutTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant NOW = Instant.parse("2026-11-27T20:00:00Z");

  @ParameterizedTest(name = "{0} to {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "*/15 9-17 * * mon-fri | CRONTAB | */15 9-17 * * mon-fri report",
        "0 9 13 * 5 | CRONTAB | 0 9 13 * 5 report",
        "@daily | CRONTAB | 0 0 * * * report",
        "0 30 2 * * * | CRONTAB | 30 2 * * * report",
        "5m | CRONTAB | */5 * * * * report",
        "{\"format\":\"apscheduler\",\"params\":{\"day_of_week\":\"0-4\",\"hour\":9}} | CRONTAB "
            + "| 0 9 * * mon-fri report",
        "{\"format\":\"apscheduler\",\"params\":{\"minute\":\"10/20\"}} | CRONTAB | 10-59/20 * "
            + "* * * report",
        "{\"format\":\"quartz\",\"params\":{\"value\":\"0 0/5 14 ? * 2-6\"}} | CRONTAB | 0-59/5 "
            + "14 * * mon-fri report",
        "0 9 * * fri-sun | CRONTAB | 0 9 * * 0,5,6 report",
        "0 9 * * sat-7/2 | CRONTAB | 0 9 * * 6 report",
        "0 9 * * 7 | KUBERNETES | schedule: 0 9 * * 0",
        "0 9 * * fri-sun | KUBERNETES | schedule: 0 9 * * 0,5,6",
        "{\"format\":\"interval\",\"params\":{\"every\":\"1h\",\"start_date\":\"2026-01-01T00:00:00Z\"}} | CRONTAB | 0 * * * * report",
        "{\"format\":\"interval\",\"params\":{\"every\":\"20m\",\"start_date\":\"2026-01-01T00:07:00Z\"}} | CRONTAB | 7-59/20 * * * * report",
        "{\"format\":\"interval\",\"params\":{\"every\":\"20s\",\"start_date\":\"2026-01-01T00:00:25Z\"}} | SYSTEMD | OnCalendar=*-*-* *:*:05,25,45",
        "{\"format\":\"unix\",\"params\":{\"value\":\"0 9 * * *\",\"start_date\":\"2020-01-01\"}} | CRONTAB | 0 9 * * * report",
        "0 9 1-7 * * | KUBERNETES | schedule: 0 9 1-7 * *",
        "0 9 13 * 5 | SYSTEMD | OnCalendar=*-*-13 09:00:00 OnCalendar=Fri *-*-* 09:00:00",
        "0 9 1-7 * +mon | SYSTEMD | OnCalendar=Mon *-*-01..07 09:00:00",
        "0 0 L * * | SYSTEMD | OnCalendar=*-*~1 00:00:00",
        "0,30 */6 1 1,7 * | SYSTEMD | OnCalendar=*-01,07-01 00,06,12,18:00,30:00",
        "0 9 * * fri-sun | SYSTEMD | OnCalendar=Fri..Sun *-*-* 09:00:00",
        "*/20 * * * * * | SYSTEMD | OnCalendar=*-*-* *:*:00,20,40",
        "15s | SYSTEMD | OnCalendar=*-*-* *:*:00,15,30,45",
        "0 30 2 1 1 * 2027-2030 | SYSTEMD | OnCalendar=2027..2030-01-01 02:30:00",
        "{\"format\":\"quartz\",\"params\":{\"value\":\"5/20 * * ? * MON 2027\"}} | SYSTEMD | OnCalendar=Mon 2027-*-* *:*:05,25,45",
        "{\"format\":\"apscheduler\",\"params\":{\"year\":\"2027\",\"second\":\"10/20\"}} | SYSTEMD | OnCalendar=2027-*-* *:*:10,30,50",
        "{\"format\":\"apscheduler\",\"params\":{\"hour\":9,\"jitter\":90.5}} | SYSTEMD | OnCalendar=*-*-* 09:00:00 RandomizedDelaySec=90.5s FixedRandomDelay=yes",
      })
  void whatAnotherProgramCanSayIsWritten(String cron, Target target, String expected)
      throws InvalidSchedule {
    Outcome outcome = out(target).of(action(cron, BERLIN));

    assertThat(outcome).as("%s", outcome).isInstanceOf(Outcome.Written.class);
    assertThat(((Outcome.Written) outcome).text().replace("\n", " ")).contains(expected);
  }

  @ParameterizedTest(name = "{0} to {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "*/20 * * * * * | CRONTAB | seconds and years cannot be expressed there",
        "0 9 1-7 * +mon | CRONTAB | must both match cannot be expressed",
        "{\"format\":\"unix\",\"params\":{\"value\":\"0 9 * * *\",\"start_date\":\"2027-02-01\"}} | CRONTAB | where its start_date cannot be expressed",
        "{\"format\":\"unix\",\"params\":{\"value\":\"0 9 * * *\",\"start_date\":\"2050-02-01\"}} | KUBERNETES | where its start_date cannot be expressed",
        "{\"format\":\"interval\",\"params\":{\"every\":\"1h\",\"start_date\":\"2026-01-01T00:00:30Z\"}} | CRONTAB | seconds and years cannot be expressed there",
        "0 9 L * * | CRONTAB | cron refuses \"L\"",
        "7m | SYSTEMD | the interval 7m does not divide a minute, an hour or a day",
        "5s | CRONTAB | seconds and years cannot be expressed there",
        "7s | SYSTEMD | the interval 7s does not divide a minute",
        "{\"format\":\"quartz\",\"params\":{\"value\":\"0 0 9 * * ? 2027\"}} | KUBERNETES | seconds and years cannot be expressed there",
        "2026-12-31T23:59:59Z | CRONTAB | it fires once, at a moment",
        "0 9 15W * * | SYSTEMD | \"15w\" cannot be expressed there",
        "{\"format\":\"apscheduler\",\"params\":{\"hour\":9,\"jitter\":60}} | KUBERNETES | its jitter",
        "{\"format\":\"apscheduler\",\"params\":{\"week\":9}} | KUBERNETES | week cannot be "
            + "expressed",
        "{\"format\":\"quartz\",\"params\":{\"value\":\"0 0 9 ? * 6#2\"}} | CRONTAB | the "
            + "weekdays 6#2",
        "0 9 * * 5#2 | KUBERNETES | Kubernetes refuses",
        "{\"format\":\"unix\",\"params\":{\"value\":\"0 9 * * *\",\"end_date\":\"2050-01-01\"}} | CRONTAB | its end_date cannot be expressed there",
        "{\"format\":\"interval\",\"params\":{\"every\":\"1h\",\"end_date\":\"2050-01-01\"}} | CRONTAB | its end_date cannot be expressed there",
        "{\"format\":\"unix\",\"params\":{\"value\":\"0 9 * * *\",\"jitter\":60}} | CRONTAB | its jitter",
        "5h | CRONTAB | does not divide",
        "12h | CRONTAB | would run at other times there",
      })
  void whatItCannotSayIsNamedAndKept(String cron, Target target, String reason)
      throws InvalidSchedule {
    Outcome outcome = out(target).of(action(cron, BERLIN));

    assertThat(outcome).as("%s", outcome).isInstanceOf(Outcome.Kept.class);
    assertThat(((Outcome.Kept) outcome).reason()).contains(reason);
  }

  /** What was exported is imported again: the same times and the same command. */
  @Test
  void theWayBackGivesTheSame() throws InvalidSchedule {
    Action action =
        action("30 2 * * mon,wed", ZoneId.of("Asia/Tokyo"), "echo \"50% of $HOME\" 'x' \\a");
    Move units =
        new TimerUnits(BERLIN).read(Units.ofText(text(Target.SYSTEMD, action), "unnamed.timer"));
    Moved timer = units.actions().get(0);
    assertThat(timer.row())
        .containsEntry("cron", "30 2 * * mon,wed")
        .containsEntry("timezone", "Asia/Tokyo")
        .containsEntry("name", "nightly-report");
    assertThat(timer.row())
        .containsEntry("command", action.command())
        .containsEntry("enabled", false);
    Moved job =
        new CronJobs(Optional.empty()).read(text(Target.KUBERNETES, action)).actions().get(0);
    assertThat(job.row())
        .containsEntry("cron", "30 2 * * mon,wed")
        .containsEntry("timezone", "Asia/Tokyo")
        .containsEntry("command", action.command())
        .containsEntry("enabled", false)
        .containsEntry("actuality_time", 60L)
        .containsEntry("overlap", "skip");
    assertThat(text(Target.CRONTAB, action))
        .isEqualTo(
            """
            # Nightly report
            CRON_TZ=Asia/Tokyo
            # 30 2 * * mon,wed echo "50\\% of $HOME" 'x' \\a
            CRON_TZ=Europe/Berlin

            """);
  }

  /** Commands and inputs that come back as they were. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "date +%F                 | date +\\%F",
        "date +\\\\%F              | date +\\\\\\%F",
        "echo a\\b \\              | echo a\\b \\",
        "cat > five 5%;two;      | cat%five 5\\%%two",
        "cat > five;;            | cat%five%%",
        "cat > ;                 | cat%%",
        "cat > a\\%b;             | cat%a\\\\%b",
      })
  void aCommandAndItsInputAreWrittenForCron(String there, String written) throws InvalidSchedule {
    String[] parts = there.split(" > ");
    Action action =
        parts.length == 1
            ? of("x", parts[0], Map.of())
            : of("x", parts[0], Map.of("stdin", parts[1].replace(';', '\n')));

    String crontab = text(Target.CRONTAB, action);

    assertThat(crontab).isEqualTo("# x\n* * * * * " + written + "\n\n");
    Map<String, Object> back =
        new Crontab(CronReaders.of(UnixDialect.CRONTAB), BERLIN, false)
            .read(crontab)
            .actions()
            .get(0)
            .row();
    assertThat(back).containsEntry("command", action.command());
    assertThat(back.getOrDefault("parameters", Map.of())).isEqualTo(action.parameters());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "date +\\%F    | a \\ before % in its command",
        "cat > no end  | stdin cannot be expressed",
        "cat > a\\;b;  | stdin cannot be expressed",
      })
  void whatCronWouldReadInAnotherWayIsNotWritten(String there, String reason)
      throws InvalidSchedule {
    String[] parts = there.split(" > ");
    Map<String, Object> parameters =
        parts.length == 1 ? Map.of() : Map.of("stdin", parts[1].replace(';', '\n'));

    assertThat(reason(Target.CRONTAB, of("x", parts[0], parameters))).contains(reason);
  }

  @Test
  void aCommandThatCronWouldCutOffIsNotWritten() throws InvalidSchedule {
    assertThat(out(Target.CRONTAB).of(of("x", "é".repeat(498), Map.of())))
        .isInstanceOf(Outcome.Written.class);
    assertThat(reason(Target.CRONTAB, of("x", "é".repeat(499), Map.of())))
        .isEqualTo("its command has 998 bytes, and cron takes at most 997");
  }

  /** Two actions would be one object, or one file, of which the second replaces the first. */
  @ParameterizedTest
  @EnumSource(
      value = Target.class,
      names = {"KUBERNETES", "SYSTEMD"})
  void noTwoActionsHaveTheSameNameThere(Target target) throws InvalidSchedule {
    MoveOut out = out(target);
    String key = target == Target.SYSTEMD ? "# /etc/systemd/system/" : "  name: ";
    String longName = "x".repeat(60);
    List<String> names = new ArrayList<>();
    for (String name : List.of("a b", "A/B", "a-b-2", "日本", "中国", longName, longName + "y", "")) {
      String text = ((Outcome.Written) out.of(of(name, "report", Map.of()))).text();
      text.lines()
          .filter(line -> line.startsWith(key))
          .map(line -> line.substring(key.length()).replaceFirst("\\.\\w+$", ""))
          .forEach(names::add);
    }

    assertThat(names.stream().distinct())
        .containsExactly(
            "a-b",
            "a-b-2",
            "a-b-2-2",
            "action",
            "action-2",
            "x".repeat(52),
            "x".repeat(50) + "-2",
            "action-7");
  }

  @Test
  void aNameWithItsNamespaceComesBack() throws InvalidSchedule {
    Action action = of("shop/report", "echo $$ $(date) $$(x) $HOME", Map.of());
    String text = text(Target.KUBERNETES, action);

    assertThat(text)
        .contains("  namespace: shop\n  name: report\n", "echo $$$ $$(date) $$$$(x) $HOME");
    assertThat(new CronJobs(Optional.empty()).read(text).actions().get(0).row())
        .containsEntry("name", "shop/report")
        .containsEntry("command", action.command());
  }

  @ParameterizedTest
  @EnumSource(Target.class)
  void whatNoOtherProgramHasIsToldOfEachAction(Target target) throws InvalidSchedule {
    Action plain = of("x", "report", Map.of("region", "eu", "stdin", "a\n"));
    Outcome.Written written = (Outcome.Written) out(target).of(plain);
    assertThat(written.notes())
        .contains(
            "its parameters are not exported: region"
                + (target == Target.CRONTAB ? "" : ", stdin"));
    Action kept =
        new Action(
            plain.id(),
            plain.name(),
            plain.command(),
            plain.timing(),
            new Policy(
                true,
                plain.policy().missed(),
                plain.policy().overlap(),
                plain.policy().callbacks(),
                Optional.empty(),
                List.of(new CalendarUse("holidays", false))),
            Map.of());
    assertThat(reason(target, kept)).isEqualTo("its calendar holidays cannot be expressed there");
  }

  @ParameterizedTest
  @CsvSource({"+05:30, CRONTAB", "UTC+02:00, KUBERNETES", "+05:30, SYSTEMD"})
  void anOffsetIsNoZoneThere(String zone, Target target) throws InvalidSchedule {
    assertThat(reason(target, action("0 9 * * *", ZoneId.of(zone))))
        .contains("knows no zone " + zone + "; name a region");
  }

  private static String reason(Target target, Action action) {
    Outcome outcome = out(target).of(action);
    assertThat(outcome).as("%s", outcome).isInstanceOf(Outcome.Kept.class);
    return ((Outcome.Kept) outcome).reason();
  }

  private static Action of(String name, String command, Map<String, Object> parameters)
      throws InvalidSchedule {
    Action action = action("* * * * *", BERLIN);
    return new Action(action.id(), name, command, action.timing(), action.policy(), parameters);
  }

  private static String text(Target target, Action action) {
    return ((Outcome.Written) out(target).of(action)).text();
  }

  private static MoveOut out(Target target) {
    return new MoveOut(target, BERLIN, NOW);
  }

  private static Action action(String cron, ZoneId zone) throws InvalidSchedule {
    return action(cron, zone, "report");
  }

  private static Action action(String cron, ZoneId zone, String command) throws InvalidSchedule {
    return new Action(
        ActionId.of(7),
        "Nightly report",
        command,
        CronReaders.of(UnixDialect.CRONTAB).read(cron, zone),
        new Policy(
            command.equals("report"),
            new MissedPolicy(true, Optional.of(java.time.Duration.ofMinutes(1))),
            Overlap.SKIP,
            List.of("x"),
            Optional.empty()),
        Map.of());
  }
}
