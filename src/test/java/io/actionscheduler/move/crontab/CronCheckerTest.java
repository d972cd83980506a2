package io.actionscheduler.move.crontab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.actionscheduler.move.Move;
import io.actionscheduler.quartz.QuartzExpression;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.text.CronReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The checker that cron itself has, {@code crontab -n} of Debian's cron and {@code crontab -T} of
 * cronie, beside our reading of a crontab: what one of them takes, the other one takes as well.
 *
 * <p>Left out is what Debian's cron reads as nobody means it, and what is refused here: it ends a
 * number at the first other character, so that {@code 5#2 x} is the weekday 5 with the command
 * {@code #2 x}. A line that begins with {@code -} is one of cronie.
 */
class CronCheckerTest {
  private static final List<String> LINES =
      List.of(
          "0 9 * * * x",
          "0 9 * * mon-fri x",
          "0 9 * * fri-sun x",
          "0 9 * * 5-7 x",
          "0 9 * * 0-7 x",
          "0 9 * * 8 x",
          "0 9 * * mond x",
          "0 9 * jan,FEB * x",
          "0 9 * 13 * x",
          "0 9 0 * * x",
          "0 9 32 * * x",
          "0 24 * * * x",
          "60 9 * * * x",
          "*/15 9-17 * * 1-5 x",
          "0/15 9 * * * x",
          "*/0 9 * * * x",
          "*/60 9 * * * x",
          "*/1000 9 * * * x",
          "5-1 9 * * * x",
          "1,2, 9 * * * x",
          "1,,2 9 * * * x",
          "+5 9 * * * x",
          "05 09 * * * x",
          "*,5 9 * * * x",
          "0 9 L * * x",
          "0 9 ? * * x",
          "0 9 15W * * x",
          "30 22-2 * * * x",
          "\t 0\t9  *\t* *\tx",
          "@daily x",
          "@midnight x",
          "@annually x",
          "@fortnightly x",
          "@Daily x",
          "A=b",
          "A = 'b c'",
          "# only a comment",
          "   # an indented one",
          "hello",
          "0 9 * *",
          "* x");

  @TempDir private Path folder;

  private String option() throws Exception {
    Files.writeString(folder.resolve("good"), "0 9 * * * x\n");
    Files.writeString(folder.resolve("bad"), "61 9 * * * x\n");
    for (String option : List.of("-n", "-T")) {
      if (isTaken(option, "good") && !isTaken(option, "bad")) {
        return option;
      }
    }
    return abort("no crontab that checks a file (Debian's cron: -n, cronie: -T) is installed here");
  }

  private boolean isTaken(String option, String file) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder("crontab", option, folder.resolve(file).toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor() == 0;
    } catch (IOException e) {
      return false; // it is not installed
    }
  }

  private static boolean isRead(String line) {
    CronReader crons =
        new CronReader(new ScheduleParser(UnixDialect.CRONTAB, QuartzExpression::parse));
    Move move = new Crontab(crons, ZoneOffset.UTC, false).read(line + "\n");
    return move.isWhole();
  }

  @Test
  void whatCronItselfTakesIsReadAndWhatItRefusesIsRefused() throws Exception {
    String option = option();
    List<String> lines = new ArrayList<>(LINES);
    Random random = new Random(Long.getLong("seed", 20_261_128));
    for (int i = 0; i < 150; i++) {
      lines.add(
          String.join(
              " ",
              one(random, "*", "0", "59", "60", "*/7", "3-9/2", "9-3", "1,2,3", "a", "7/2", "1-*"),
              one(random, "*", "23", "24", "0-23", "*/24", "1,*", "2-5,7-9/2", "-1"),
              one(random, "*", "1", "31", "0", "32", "*/3", "1-7", "l", "28-31"),
              one(random, "*", "12", "0", "jan", "jan-mar", "dec-jan", "*/5", "may,6", "janu"),
              one(random, "*", "0", "7", "8", "sun", "mon-fri", "sat-7", "5-7"),
              "x"));
    }
    List<String> different = new ArrayList<>();
    for (String line : lines) {
      Files.writeString(folder.resolve("crontab"), line + "\n", StandardCharsets.UTF_8);
      boolean taken = isTaken(option, "crontab");
      if (isRead(line) != taken) {
        different.add(line + (taken ? " (cron takes it)" : " (cron refuses it)"));
      }
    }
    assertThat(different).isEmpty();
  }

  private static String one(Random random, String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
