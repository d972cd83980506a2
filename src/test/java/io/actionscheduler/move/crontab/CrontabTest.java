package io.actionscheduler.move.crontab;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.move.LeftOut;
import io.actionscheduler.move.Move;
import io.actionscheduler.move.Moved;
import io.actionscheduler.quartz.QuartzExpression;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.text.CronReader;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrontabTest {
  private static final CronReader CRONS =
      new CronReader(new ScheduleParser(UnixDialect.CRONTAB, QuartzExpression::parse));

  @Test
  void aLineBecomesAnActionNamedByItsComment() {
    Move move = user("# nightly backup\n30 2 * * *  /usr/bin/backup --all\n");

    assertThat(move.actions()).singleElement();
    assertThat(move.actions().get(0).row())
        .containsEntry("name", "nightly backup")
        .containsEntry("command", "/usr/bin/backup --all")
        .containsEntry("cron", "30 2 * * *")
        .containsEntry("callback", "crontab")
        .containsEntry("overlap", "allow")
        .doesNotContainKey("timezone");
    assertThat(move.actions().get(0).place()).isEqualTo("line 2");
  }

  @Test
  void namesAreUnique() {
    assertThat(user("0 9 * * 1 report\n0 15 * * 5 report\n").actions())
        .extracting(Moved::name)
        .containsExactly("report", "report (2)");
  }

  @Test
  void aPercentSignEndsTheCommandAndBeginsItsInput() {
    Moved moved = user("@daily mail -s \\%d root%line one%50\\% done").actions().get(0);

    assertThat(moved.row())
        .containsEntry("command", "mail -s %d root")
        .containsEntry("parameters", Map.of("stdin", "line one\n50% done\n"));
  }

  /** By the sources of Debian's cron and of cronie (do_command.c). */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "cat%              | cat   | ",
        "cat%a             | cat   | a;",
        "cat%a%            | cat   | a;",
        "cat%a%%           | cat   | a;;",
        "cat%%             | cat   | ;",
        "x\\\\%a            | x\\\\  | a;",
        "x\\\\\\%a           | x\\\\%a | ",
        "x%a\\\\%b          | x     | a\\%b;",
      })
  void aBackslashAndAPercentSignAreReadAsByCron(String written, String command, String input) {
    Moved moved = user("@daily " + written).actions().get(0);

    assertThat(moved.row()).containsEntry("command", command);
    assertThat(moved.row().get("parameters"))
        .isEqualTo(input == null ? null : Map.of("stdin", input.replace(';', '\n')));
    assertThat(moved.notes().toString()).matches(command.contains("\\\\") ? ".*one \\\\]" : "\\[]");
  }

  @Test
  void variablesHoldForTheLinesBelowThem() {
    Move move =
        user(
            """
            0 1 * * * one
            PATH = "/opt/bin:/bin"
            SHELL=/bin/bash
            'A'=' b '
            MAILTO=me
            0 2 * * * two
            0 3 * * * three
            """);

    assertThat(move.actions())
        .extracting(moved -> moved.row().get("callback"))
        .containsExactly("crontab", "crontab_2", "crontab_2");
    assertThat(move.callbacks().get("crontab_2"))
        .containsEntry(
            "environment", Map.of("PATH", "/opt/bin:/bin", "SHELL", "/bin/bash", "A", " b "))
        .containsEntry("retry", Map.of("max_retries", 0));
    assertThat(move.actions().get(1).notes()).singleElement().asString().contains("MAILTO");
  }

  @Test
  void linesOfTheSystemNameTheirUser() {
    Move move =
        new Crontab(CRONS, ZoneId.of("UTC"), true)
            .read("-17 * * * * root cd / && run\n@daily www job");

    assertThat(move.actions())
        .extracting(moved -> moved.row().get("command"))
        .containsExactly("cd / && run", "job");
    assertThat(move.callbacks()).containsOnlyKeys("crontab_root", "crontab_www");
    assertThat(((List<?>) move.callbacks().get("crontab_root").get("command")).subList(0, 4))
        .isEqualTo(List.of("runuser", "-u", "root", "--"));
  }

  @Test
  void theZoneOfCronieBecomesThatOfTheAction() {
    Moved moved = user("CRON_TZ=America/New_York\n0 4 * * * x").actions().get(0);

    assertThat(moved.row()).containsEntry("timezone", "America/New_York");
    assertThat(moved.notes()).singleElement().asString().contains("Debian's cron does not");
  }

  @Test
  void anEmptyZoneOfCronieIsNone() {
    Moved moved = user("CRON_TZ=UTC\nCRON_TZ=\n0 4 * * * x").actions().get(0);

    assertThat(moved.row()).doesNotContainKey("timezone");
    assertThat(moved.notes())
        .containsExactly(
            "CRON_TZ is empty and names no zone: that of the machine applies, as in cronie");
  }

  /** The comments above the line {@code 0 3 * * * x}, and its name. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '>',
      quoteCharacter = '`',
      value = {
        "# backup > backup",
        "#backup > backup",
        "# backup/# see the handbook > backup",
        "##########/# backup #/########## > backup",
        "#/# === backup ===/# > backup",
        "# 3 big jobs run at night, this is one > 3 big jobs run at night, this is one",
        "# Größe prüfen (UTC) > Größe prüfen (UTC)",
        "# backup// > x",
        "# backup/#0 4 * * * old > x",
        "#0 4 * * * old/# backup > backup",
        "# backup/#@daily old > x",
        "# backup/#MAILTO=root > x",
        "# m h  dom mon dow   command > x",
        "# minute hour day month weekday command > x",
        "# min hour dom month dow user command/# backup > backup",
        "# .---------------- minute (0 - 59)/# |  |  |  |  |/# *  *  *  *  * user-name command to be executed > x",
        "# ┌──────── minute (0 - 59)/# │ ┌────── hour (0 - 23)/# * * * * * command to be executed > x",
        "# /etc/cron.d/anacron: crontab entries for the anacron package > x",
        "# Regular crontab entries for the apt package > x",
        "# /etc/cron.d/backup/#/# backup > backup",
        "# DO NOT EDIT THIS FILE - edit the master and reinstall./# (/tmp/crontab.X/crontab installed on Thu Jan  1 1970)/# (Cron version -- $Id$) > x",
        "# Edit this file to introduce tasks to be run by cron./# Each task to run has to be defined > x",
        "# -*- mode: sh -*- > x",
      })
  void theTitleOfTheCommentAboveIsTheName(String comments, String name) {
    String text = comments.replace("/#", "\n#").replace("//", "\n\n");

    assertThat(user(text + "\n0 3 * * * x\n").actions().get(0).name()).isEqualTo(name);
  }

  /** As Debian 12 installs it. */
  @Test
  void theSystemsOwnCrontabIsNamedByItsCommands() {
    String text =
        """
        # /etc/crontab: system-wide crontab
        # Unlike any other crontab you don't have to run the `crontab'
        # command to install the new version when you edit this file
        # and files in /etc/cron.d. These files also have username fields,
        # that none of the other crontabs do.

        SHELL=/bin/sh
        # You can also override PATH, but by default, newer versions inherit it from the environment
        #PATH=/usr/local/sbin:/usr/local/bin:/sbin:/bin:/usr/sbin:/usr/bin

        # Example of job definition:
        # .---------------- minute (0 - 59)
        # |  .------------- hour (0 - 23)
        # |  |  .---------- day of month (1 - 31)
        # |  |  |  .------- month (1 - 12) OR jan,feb,mar,apr ...
        # |  |  |  |  .---- day of week (0 - 6) (Sunday=0 or 7) OR sun,mon,tue,wed,thu,fri,sat
        # |  |  |  |  |
        # *  *  *  *  * user-name command to be executed
        17 *	* * *	root	cd / && run-parts --report /etc/cron.hourly
        25 6	* * *	root	test -x /usr/sbin/anacron || run-parts /etc/cron.daily
        #
        """;

    assertThat(new Crontab(CRONS, ZoneId.of("UTC"), true).read(text).actions())
        .extracting(Moved::name)
        .containsExactly(
            "cd / && run-parts --report /etc/cron.hourly",
            "test -x /usr/sbin/anacron || run-parts /etc/cron.daily");
  }

  @ParameterizedTest
  @ValueSource(strings = {"30 22-2 * * * x", "0 9 * dec-jan * x", "0 9 */2 * fri-sun x"})
  void aRangeThatEndsBeforeItBeginsIsLeftOutAsCronNeverRunsIt(String line) {
    Move move = user(line);

    assertThat(move.isWhole()).isTrue();
    assertThat(move.leftOut())
        .singleElement()
        .satisfies(left -> assertThat(left.reason()).contains("cron takes it and never runs it"));
  }

  @Test
  void oneOfSeveralRangesIsAFaultAsCronRunsTheRest() {
    assertThat(user("0 1-3,22-2 * * * x").isWhole()).isFalse();
  }

  @Test
  void whatIsNotToBeHadIsNamedAndDoesNotStopTheRest() {
    Move move = user("@reboot start\n0~30 * * * * y\n* * * * * z");

    assertThat(move.isWhole()).isTrue();
    assertThat(move.actions()).hasSize(1);
    assertThat(move.leftOut())
        .extracting(LeftOut::reason)
        .satisfiesExactly(
            reboot -> assertThat(reboot).contains("not a time"),
            random -> assertThat(random).contains("choose one yourself"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 9 * *",
        "* * * * *",
        "61 * * * * x",
        "0/15 * * * * x",
        "@fortnightly x",
        "CRON_TZ=Mars\n0 9 * * * x",
        "hello"
      })
  void halfACrontabIsNotWhole(String text) {
    Move move = user(text);

    assertThat(move.isWhole()).isFalse();
    assertThat(move.leftOut())
        .singleElement()
        .satisfies(left -> assertThat(left.isFault()).isTrue());
  }

  private static Move user(String text) {
    return new Crontab(CRONS, ZoneId.of("Europe/Berlin"), false).read(text);
  }
}
