package io.actionscheduler.move.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.app.moving.Proven;
import io.actionscheduler.app.parts.CronReaders;
import io.actionscheduler.move.Difference;
import io.actionscheduler.move.Move;
import io.actionscheduler.move.Moved;
import io.actionscheduler.schedule.UnixDialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("time")
class TimerUnitsTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final String SERVICE =
      """
      # /etc/systemd/system/a.service
      [Service]
      Type=oneshot
      ExecStart=/usr/bin/true
      """;

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "daily | 0 0 * * *",
        "weekly | 0 0 * * mon",
        "quarterly | 0 0 1 */3 *",
        "Mon..Fri *-*-* 09:00 | 0 9 * * mon-fri",
        "*:0/15 | */15 * * * *",
        "*:0/40 | 0,40 * * * *",
        "*-*-1..7 9:00 | 0 9 1-7 * *",
        "Mon *-*-1..7 9:00 | 0 9 1-7 * +mon",
        "*-*~1 | 0 0 L * *",
        "Fri *-*~7/1 18:00 | 0 18 * * fri#L",
        "*:*:0/20 | */20 * * * * *",
        "2027..2028-3-1 | 0 0 0 1 3 * 2027,2028",
        "*-05~3 | 0 0 29 5 *",
        "@1895716396 | 16 53 3 27 1 * 2030",
      })
  void aCalendarEventBecomesCrontab(String event, String cron) {
    Proven proven = proven(timer("OnCalendar=" + event));

    assertThat(proven.move().actions()).extracting(Moved::cron).containsExactly(cron);
    assertThat(proven.actions().get(0).proof().differences())
        .allMatch(of -> of.kind() == Difference.Kind.CLOCK_CHANGE);
  }

  /** Two years, without the clock's changes, must be the same in every case. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "*-*~3", "*-02~1..3 9:00", "Mon,Sun *-*~10 1:2:3", "*-*~7/2", "2027-2~1",
            "Fri *-*~14/1 0:0",
        "Tue..Sun *-1,3-*~1", "*-*-28..31", "minutely", "*:0/7:30", "0/5:*", "Wed *-*-1/3 7,9:30"
      })
  void eachIsProvedForTwoYears(String event) {
    Proven proven = proven(timer("OnCalendar=" + event + " UTC"));

    assertThat(proven.actions()).allMatch(of -> of.proof().isSame()).hasSizeBetween(0, 4);
    assertThat(proven.move().isWhole()).isEqualTo(!proven.actions().isEmpty());
  }

  @Test
  void linesThatDifferInOneFieldAreOneAction() {
    Proven proven =
        proven(timer("OnCalendar=Mon 09:00\nOnCalendar=Fri 09:00\nOnCalendar=Wed 9:00"));

    assertThat(crons(proven)).containsExactly("0 9 * * mon,wed,fri");
    assertThat(proven.actions().get(0).proof().isSame()).isTrue();
  }

  @Test
  void othersAreSeveralAndTheProofShowsWhereTheyCoincide() {
    Proven proven =
        proven(timer("OnCalendar=Mon 09:00\nOnCalendar=*-*-1..7 9:00:00 \nOnCalendar=18:30"));

    assertThat(crons(proven)).containsExactly("0 9 * * mon", "0 9 1-7 * *", "30 18 * * *");
    assertThat(proven.actions().get(0).proof().isSame()).isTrue();
    assertThat(proven.actions().get(1).proof().here() - proven.actions().get(1).proof().there())
        .isBetween(23L, 25L); // a first Monday each month: systemd elapses once
    assertThat(proven.move().actions())
        .extracting(Moved::name)
        .containsExactly("a", "a (2)", "a (3)");
  }

  @Test
  void settingsOfTheTimerBecomePolicies() {
    Move move =
        read(
            timer(
                "OnCalendar=Mon *-*-* 02:00 Asia/Tokyo\nPersistent=true\nRandomizedDelaySec=1h "
                    + "30min"));

    assertThat(move.actions().get(0).row())
        .containsEntry("timezone", "Asia/Tokyo")
        .containsEntry("overlap", "skip")
        .containsEntry("merge_missed", true)
        .doesNotContainKey("actuality_time");
    Map<?, ?> cron = (Map<?, ?>) move.actions().get(0).cron();
    assertThat((Map<?, ?>) cron.get("params"))
        .isEqualTo(
            Map.of(
                "year",
                "*",
                "month",
                "*",
                "day",
                "*",
                "day_of_week",
                "mon",
                "hour",
                "2",
                "minute",
                "0",
                "second",
                "0",
                "jitter",
                5400L));
    assertThat(read(timer("OnCalendar=daily\nAccuracySec=1h")).actions().get(0).row())
        .containsEntry("actuality_time", 3600L);
  }

  @Test
  void whatCountsFromAnEventIsNamed() {
    Move move = read(timer("OnBootSec=5min\nOnUnitActiveSec=1h"));

    assertThat(move.actions()).isEmpty();
    assertThat(move.isWhole()).isTrue();
    assertThat(move.leftOut().toString())
        .contains("OnBootSec=5min", "OnUnitActiveSec=1h", "an interval such as every 1h");
  }

  /** A command may only fail where its line begins with a minus. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "ExecStart=/bin/a > /bin/a",
        "ExecStart=-/bin/a > { /bin/a || true; }",
        "ExecStart=/bin/a\\nExecStart=-/bin/b > /bin/a && { /bin/b || true; }",
        "ExecStart=/bin/a\\nExecStart=-/bin/b\\nExecStart=/bin/c > /bin/a && { /bin/b || true; } && /bin/c",
        "ExecStart=/bin/sh -c 'a; b $$x' > a; b $x",
        "ExecStart=:/bin/sh -c 'a $$x' > a $$x",
        "ExecStart=/bin/sh -c 'a'\\nExecStart=/bin/b > /bin/sh -c a && /bin/b",
      })
  void linesOfAServiceBecomeOneCommand(String lines, String command) throws IOException {
    write("a.timer", "[Timer]\nOnCalendar=daily\n");
    write("a.service", "[Service]\n" + lines.replace("\\n", "\n") + "\n");

    assertThat(new TimerUnits(BERLIN).read(Units.ofFolder(folder)).actions().get(0).row())
        .containsEntry("command", command);
  }

  @Test
  void theServiceBesideItAndDropInsCount() throws IOException {
    write("backup.timer", "[Timer]\nOnCalendar=daily\n[X-Notes]\nany=thing\n");
    write(
        "backup.timer.d/10.conf",
        "[Timer]\nOnCalendar=\nOnCalendar=hourly\nUnit=run@home.service\n");
    write(
        "run@.service",
        """
        [Unit]
        Description=any
        [Service]
        User=backup
        WorkingDirectory=/srv
        Environment="GREETING=hello world" PLAIN=1
        Environment=${nothing}=x
        Environment=
        Environment="GREETING=it's ${x}"
        ExecStart=-/bin/echo "%i 100%%" $PLAIN ${GREETING} \\
          'a;b' $$HOME
        ExecStart=/bin/true
        TimeoutStartSec=90
        Nice=5
        """);
    Move move = new TimerUnits(BERLIN).read(Units.ofFolder(folder));

    Moved moved = move.actions().get(0);
    assertThat(moved.row())
        .containsEntry("name", "backup")
        .containsEntry("cron", "0 * * * *")
        .containsEntry(
            "command",
            "{ /bin/echo 'home 100%' $PLAIN \"${GREETING}\" 'a;b' '$'HOME || true; } && /bin/true")
        .containsEntry("callback", "systemd_backup");
    Map<String, Object> settings = move.callbacks().get("systemd_backup");
    assertThat(settings).containsEntry("timeout", "90s").containsEntry("working_directory", "/srv");
    assertThat(settings.get("command").toString()).startsWith("[runuser, -u, backup, --, /bin/sh");
    assertThat((Map<?, ?>) settings.get("environment"))
        .hasSize(2)
        .containsEntry(cast("GREETING"), cast("it's $${x}"));
    assertThat(moved.notes().toString()).contains("not taken over of the service: Nice");
    assertThat(Units.ofTimer(folder.resolve("backup.timer")).service("run@home.service"))
        .isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[Timer]\\nOnCalendar=daily\\n[Tmier]\\nx=1 | the section is unknown",
        "[Timer]\\nOnCalendar daily | no assignment: = is missing",
        "OnCalendar=daily | is in no section",
        "[Timer\\nOnCalendar=daily | the ] of a section is missing",
        "[Timer]\\nOnCalendar=dayly | not a calendar event: \"dayly\"",
        "[Timer]\\nOnCalendar=daily\\nRandomizedDelaySec=some | not a span of time",
      })
  void whatCannotBeUnderstoodIsAFault(String text, String reason) {
    Move move = read("# /x/a.timer\n" + text.replace("\\n", "\n") + "\n" + SERVICE);

    assertThat(move.isWhole()).isFalse();
    assertThat(move.leftOut().toString()).contains(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OnCalendar=*:*:0.5 | fractions of a second",
        "OnCalendar=9:00 CET | abbreviation of the machine's own zone",
        "Unit=b.service\\nOnCalendar=daily | the service is not beside the timer",
        "Unit=a.target\\nOnCalendar=daily | starts no service",
        "Persistent=true | has no OnCalendar=",
      })
  void whatCannotBeHadIsNamedAndNotWritten(String settings, String reason) {
    Move move = read(timer(settings.replace("\\n", "\n")));

    assertThat(move.actions()).isEmpty();
    assertThat(move.isWhole()).isTrue();
    assertThat(move.leftOut().toString()).contains(reason);
  }

  /** systemd takes a line that continues to the end of its file as well. */
  @Test
  void aLineThatWasToContinueEndsWithItsFile() throws IOException {
    write("a.timer", "[Timer]\nOnCalendar=daily \\");
    write("a.service", "[Service]\nExecStart=/bin/x \\\n-v \\");
    Move move = new TimerUnits(BERLIN).read(Units.ofFolder(folder));
    assertThat(move.actions()).singleElement();
    assertThat(move.actions().get(0).row())
        .containsEntry("cron", "0 0 * * *")
        .containsEntry("command", "/bin/x -v");
    assertThat(read("# /x/a.timer\n[Timer]\nOnCalendar=daily \\\n" + SERVICE).actions())
        .singleElement();
  }

  private static List<Object> crons(Proven proven) {
    return proven.move().actions().stream().map(Moved::cron).toList();
  }

  private static String timer(String settings) {
    return "# /etc/systemd/system/a.timer\n[Timer]\n" + settings + "\n\n" + SERVICE;
  }

  private static Move read(String text) {
    return new TimerUnits(BERLIN).read(Units.ofText(text, "unnamed.timer"));
  }

  private static Proven proven(String text) {
    return Proven.of(
        read(text),
        CronReaders.of(UnixDialect.CRONTAB),
        BERLIN,
        Instant.parse("2026-11-27T20:00:00Z"));
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @SuppressWarnings("unchecked")
  private static <T> T cast(Object value) {
    return (T) value;
  }
}
