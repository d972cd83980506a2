package io.actionscheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.text.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoveInCommandTest {
  private static final String CRONTAB =
      """
      # backup
      30 2 * * * /usr/bin/backup
      0,15,30,45 2 * * * quarter
      @reboot start
      """;

  @TempDir Path folder;
  private Installation here;

  @BeforeEach
  void install() {
    here = Installation.in(folder);
  }

  @Test
  void byDefaultAllIsShownAndNothingWritten() throws Exception {
    String config = Files.readString(folder.resolve("config.yaml"));

    Typed typed = move(CRONTAB, "--timezone", "Europe/Berlin");

    assertThat(typed.code()).isZero();
    assertThat(typed.out())
        .contains("- name: backup", "timezone: Europe/Berlin", "callbacks:", "type: process")
        .contains("line 4: \"@reboot start\": the start of the machine is not a time")
        .containsPattern("line 2 \"backup\": \\d+ here, \\d+ there, the same")
        .containsPattern("clock changes: 2 differ: \\S+T03:00:00\\+02:00 1 here, 4 there");
    assertThat(typed.err()).contains("2 actions, 1 not taken over; nothing was written");
    assertThat(Files.readString(folder.resolve("config.yaml"))).isEqualTo(config);
    assertThat(here.type("actions", "list", "--json").out()).doesNotContain("backup");
  }

  @Test
  void writtenTwiceNothingIsDoubled() throws Exception {
    assertThat(move(CRONTAB, "--write").out())
        .contains("callbacks added (before: config.yaml.bak); 2 added, 0 replaced");
    assertThat(move(CRONTAB, "--write").out()).isEqualTo("0 added, 2 replaced\n");

    assertThat(Files.readString(folder.resolve("config.yaml"))).containsOnlyOnce("callbacks:");
    assertThat(here.type("validate").code()).isZero();
    assertThat((List<?>) Json.parse(here.type("actions", "list", "--json").out())).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "apscheduler, src/test/resources/apscheduler/store-5.sqlite",
    "celery-beat, celery",
    "quartz, quartz",
    "pg_cron, pgcron",
    "xxl-job, xxljob",
    "systemd, systemd"
  })
  void everyKindIsWrittenOnceHoweverOftenItIsRun(String kind, String place) {
    String[] command = {"actions", "import", "--write", "--from", kind, place(place)};
    Typed first = here.type(command);
    assertThat(first.out()).as(first.err()).matches("(?s).*[1-9]\\d* added, 0 replaced\n");
    assertThat(here.type(command).out()).matches("0 added, [1-9]\\d* replaced\n");
  }

  private static String place(String place) {
    return place.contains("/") ? place : "src/test/resources/moving/" + place;
  }

  @Test
  void whatWasMovedInIsMovedOutAgain() {
    assertThat(move("30 2 * * * /usr/bin/backup 50\\%\n", "--write").code()).isZero();
    here.type("actions", "add", "secondly", "x", "--cron", "*/20 * * * * *");

    Typed crontab = here.type("actions", "export", "--to", "crontab");
    assertThat(crontab.out()).contains("30 2 * * * /usr/bin/backup 50\\%\n");
    assertThat(crontab.err())
        .contains("\"secondly\": seconds and years cannot be expressed there; not exported")
        .contains(
            "note: cron does not make up for missed runs: action 1 \"/usr/bin/backup 50%\"\n");
    assertThat(crontab.code()).isEqualTo(1);
    assertThat(here.type("actions", "export", "--to", "systemd").out())
        .contains("OnCalendar=*-*-* 02:30:00");
    assertThat(here.type("actions", "export", "--to", "kubernetes", "--json").code()).isEqualTo(2);
  }

  @Test
  void whatWouldBeReplacedIsToldBeforeItIsWritten() throws Exception {
    here.add("backup", "rsync", "0 4 * * *");
    here.type("actions", "disable", "1");
    String change =
        "action 1 \"backup\": command \"rsync\" → \"/usr/bin/backup\"; cron \"0 4 * * *\" →"
            + " \"30 2 * * *\"; enabled false → NULL; callback NULL → \"crontab\"; overlap NULL →"
            + " \"allow\"";

    Typed shown = move(CRONTAB);
    assertThat(shown.out()).contains("# replaces actions of the same name\n" + change + "\n");
    assertThat(here.type("actions", "list").out()).contains("rsync");
    Map<?, ?> form = (Map<?, ?>) Json.parse(move(CRONTAB, "--json").out());
    Map<?, ?> replaced = (Map<?, ?>) ((List<?>) form.get("replaced")).get(0);
    assertThat(((Map<?, ?>) replaced.get("before")).get("command")).isEqualTo("rsync");
    assertThat(((Map<?, ?>) replaced.get("after")).get("command")).isEqualTo("/usr/bin/backup");

    Typed written = move(CRONTAB, "--write");
    assertThat(written.out()).contains(change, "1 added, 1 replaced");
    assertThat(move(CRONTAB, "--write").out()).isEqualTo("0 added, 2 replaced\n");
  }

  @Test
  void anActionWhoseCommandChangedIsNotDoubled() {
    assertThat(move(CRONTAB, "--write").code()).isZero();
    assertThat(move(CRONTAB.replace("/usr/bin/backup", "backup2"), "--write").out())
        .contains("\"backup\": command \"/usr/bin/backup\" → \"backup2\"\n")
        .endsWith("0 added, 2 replaced\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "apscheduler | nowhere.db | no such file",
        "quartz | postgresql://me:secret@127.0.0.1:1/none | cannot be read",
        "celery-beat | /var/lib/celerybeat-schedule | holds when each task last ran",
        "xxl-job | mysql://root:secret@h/xxl_job | mysql is not supported",
        "quartz | src/test/resources/moving/celery | moving/celery: there are no tables QRTZ_CRON_TRIGGERS and QRTZ_JOB_DETAILS, nor any with another prefix; found: django_celery_beat_crontabschedule",
        "xxl-job | src/test/resources/moving/quartz | moving/quartz: there is no table xxl_job_info, which xxl-job 2.3 and later has; found: qrtz_cron_triggers",
        "pg_cron | src/test/resources/moving/xxljob | there is no table cron.job",
        "pg_cron | examples/moving/crontab | not a database",
        "apscheduler | src/test | no table was found there",
        "crontab | src/test | src/test: is a folder; name a file, or - for standard input",
        "kubernetes | src/test | is a folder",
        "kubernetes | nowhere.yaml | no such file",
        "kubernetes | src/test/resources/apscheduler/store-5.sqlite | is not text in UTF-8",
        "crontab | src/test/resources/apscheduler/store-5.sqlite | is not text in UTF-8",
        "systemd | nowhere | no such file",
      })
  void aPlaceThatCannotBeReadIsToldAndNothingWritten(String kind, String place, String message)
      throws Exception {
    String config = Files.readString(folder.resolve("config.yaml"));

    Typed typed = here.type("actions", "import", "--write", "--from", kind, place);

    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).contains(message).doesNotContain("secret").doesNotContain("\tat ");
    assertThat(Files.readString(folder.resolve("config.yaml"))).isEqualTo(config);
  }

  @Test
  void aUnitOfAFolderThatIsNoTextIsNamed() throws Exception {
    Path units = Files.createDirectory(folder.resolve("units"));
    Files.write(units.resolve("a.timer"), new byte[] {'[', (byte) 0xff});
    Typed typed = here.type("actions", "import", "--from", "systemd", units.toString());
    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).contains("a.timer: is not text in UTF-8");
  }

  @Test
  void callbacksThatPeopleWroteAreLeftToThem() throws Exception {
    here.configToo("callbacks: {mine: {type: stdout}}\n");

    Typed typed = move(CRONTAB, "--write");

    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err())
        .contains("callbacks: has no crontab; nothing was written", "type: process");
    assertThat(here.type("actions", "list", "--json").out()).doesNotContain("backup");
  }

  @Test
  void callbacksAreAddedToThoseThatPeopleWrote() throws Exception {
    here.configToo("# mine\ncallbacks:\n  mine: {type: stdout} # ever\n");
    String config = Files.readString(folder.resolve("config.yaml"));

    assertThat(move(CRONTAB).out()).contains("   mine: {type: stdout} # ever\n+  crontab:\n");
    assertThat(move(CRONTAB, "--write").out()).contains("2 added");

    assertThat(Files.readString(folder.resolve("config.yaml"))).startsWith(config);
    assertThat(folder.resolve("config.yaml.bak")).hasContent(config);
    assertThat(here.type("validate").code()).isZero();
  }

  @Test
  void settingsStayAsTheyAreWhereTheRowsCannotBeWritten() throws Exception {
    here.sql("CREATE TABLE action (id INTEGER PRIMARY KEY, name TEXT)");
    String before = Files.readString(folder.resolve("config.yaml"));
    Path crontab = here.write("jobs", "0 9 * * * x\n");
    Typed written =
        here.type("actions", "import", "--from", "crontab", crontab.toString(), "--write");
    assertThat(written.code()).as(written.out()).isNotZero();
    assertThat(written.err()).contains("action");
    assertThat(Files.readString(folder.resolve("config.yaml"))).isEqualTo(before);
    assertThat(folder.resolve("config.yaml.bak")).doesNotExist();
  }

  @Test
  void aProofThatEndsBeforeTwoYearsSaysSo() {
    here.write("often.service", "[Service]\nExecStart=/bin/true\n");
    Path timer = here.write("often.timer", "[Timer]\nOnCalendar=*:*:*\n");
    Typed shown = here.type("actions", "import", "--from", "systemd", timer.toString());
    assertThat(shown.code()).as(shown.err()).isZero();
    assertThat(shown.out())
        .containsPattern(
            "often.timer \"often\": (\\d+) here, \\1 there \\(compared only until 2026-\\S+, since two years have too many fire times\\), the same");
  }

  @Test
  void halfACrontabIsNotWritten() {
    Typed typed = move("30 2 * * * fine\n0 9 * *\n", "--write");

    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.out()).contains("line 2: \"0 9 * *\": not a crontab line");
    assertThat(typed.err()).contains("nothing is written until all lines are understood");
    assertThat(here.type("actions", "list", "--json").out()).doesNotContain("fine");
  }

  /** A wrong KIND or an empty place is no success. */
  @ParameterizedTest
  @CsvSource({
    "crontab, '# nothing\n', has no lines of a crontab",
    "kubernetes, '', has no manifests of CronJobs",
    "systemd, '', has no timer units"
  })
  void whereNothingIsFoundThatIsTold(String kind, String text, String message) {
    Typed typed = here.typeWith(text, "actions", "import", "--write", "--from", kind, "-");

    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.err())
        .isEqualTo("-: " + message + ", as --from " + kind + " reads them; nothing was written\n");
    assertThat(here.type("actions", "list", "--json").out()).isEqualTo("[]\n");
  }

  @ParameterizedTest
  @CsvSource({
    "crontab, big, has more than 64 MiB",
    "kubernetes, big, has more than 64 MiB",
    "xxl-job, xxl_job_info.tsv, has more than 64 MiB",
    "systemd, big.timer, has more than 1 MiB"
  })
  void aFileThatIsTooLargeIsRefused(String kind, String name, String message) throws Exception {
    Path file = folder.resolve(name);
    try (var large = new java.io.RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(64 * 1024 * 1024 + 1); // no blocks on the disk
    }
    Typed typed = here.type("actions", "import", "--write", "--from", kind, file.toString());

    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).contains(name + ": " + message);
  }

  @Test
  void whatIsNotTakenOverIsAlsoToldWhenTheRestIsWritten() {
    Typed typed = move("0 4 * * * x\n@reboot warm\n", "--write");

    assertThat(typed.code()).isZero();
    assertThat(typed.out()).contains("1 added, 0 replaced");
    assertThat(typed.err()).contains("# not taken over\nline 2: \"@reboot warm\": ");
  }

  @Test
  void ofVeryManyFaultsTheFirstAreShown() {
    assertThat(move("hello\n".repeat(150)).out())
        .contains("line 100: ", "and 50 others; --json lists all")
        .doesNotContain("line 101: ");
  }

  @Test
  void programsReadJson() throws Exception {
    Map<?, ?> report = (Map<?, ?>) Json.parse(move(CRONTAB, "--json").out());

    assertThat(report.get("written")).isEqualTo(false);
    Map<?, ?> backup = (Map<?, ?>) ((List<?>) report.get("actions")).get(0);
    assertThat((Map<String, Object>) cast(backup.get("proof"))).containsEntry("same", true);
    assertThat((List<?>) report.get("not_taken_over")).hasSize(1);
  }

  @Test
  void weekdaysReadAsInThePythonProgramAreShownByTheProof() {
    here.configToo("schedules: {unix_dialect: apscheduler}\n");

    assertThat(move("0 9 * * 1 x", "--timezone", "UTC").out())
        .contains("days: day rules, weekday numbers:");
  }

  private Typed move(String crontab, String... options) {
    String[] arguments = new String[options.length + 5];
    List.of("actions", "import", "--from", "crontab", "-").toArray(arguments);
    System.arraycopy(options, 0, arguments, 5, options.length);
    return here.typeWith(crontab, arguments);
  }

  @SuppressWarnings("unchecked")
  private static <T> T cast(Object value) {
    return (T) value;
  }
}
