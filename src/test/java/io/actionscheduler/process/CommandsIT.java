package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Line;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.text.Json;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands of the packaged jar, on their own and beside a scheduler that runs. */
class CommandsIT {
  private static final String CONFIG =
      """
      timezone: UTC
      actions_db: {dialect: sqlite, database: database.db}
      internal_db: {dialect: sqlite, database: database.db}
      action:
        callback: stdout
        defaults: {merge_missed: false, actuality_time: -1}
      """;

  @TempDir private Path folder;

  private record Ended(int code, List<String> out, List<String> err) {}

  private Launch command(String... arguments) {
    return Launch.in(folder).config(CONFIG).arguments(arguments);
  }

  private Ended ended(String... arguments) throws InterruptedException {
    try (Scheduler process = command(arguments).start()) {
      return new Ended(
          process.awaitExit(), texts(process.stdout().all()), texts(process.stderr().all()));
    }
  }

  private static List<String> texts(List<Line> lines) {
    return lines.stream().map(Line::text).toList();
  }

  @Test
  void theVersionIsThatOfTheBuild() throws InterruptedException {
    assertThat(ended("--version").out().get(0))
        .matches("action-scheduler \\d+\\.\\d+\\.\\S+ \\(Java .*\\)");
  }

  @Test
  void questionsAreAnsweredWithoutSettings(@TempDir Path empty) throws Exception {
    byte[] vectors;
    try (var in = CommandsIT.class.getResourceAsStream("/vectors/edges.jsonl")) {
      vectors = in.readAllBytes();
    }
    try (Scheduler next = Launch.in(empty).arguments("next", "--jsonl").start()) {
      try (OutputStream questions = next.process().getOutputStream()) {
        questions.write(vectors);
      }
      assertThat(next.awaitExit()).isZero();
      List<String> questions = new String(vectors, StandardCharsets.UTF_8).lines().toList();
      List<String> answers = texts(next.stdout().all());
      assertThat(answers).hasSameSizeAs(questions);
      for (int i = 0; i < answers.size(); i++) {
        Map<?, ?> question = (Map<?, ?>) Json.parse(questions.get(i));
        Map<?, ?> answer = (Map<?, ?>) Json.parse(answers.get(i));
        assertThat(answer.get("next")).as(questions.get(i)).isEqualTo(question.get("next"));
        assertThat(answer.get("previous")).isEqualTo(question.get("previous"));
      }
      assertThat(next.stderr().all()).isEmpty();
    }
  }

  @Test
  void aFireByHandTouchesNothingOfARunningScheduler() throws InterruptedException {
    ended("actions", "add", "--name=yearly", "--command=happy new year", "--cron=@yearly");
    try (Scheduler scheduler = command().start()) {
      scheduler.awaitReady();
      List<String> before = ended("progress", "show").out();
      Ended fire = ended("fire", "1");
      assertThat(fire.code()).isZero();
      assertThat(fire.out()).hasSize(1);
      assertThat(fire.out().get(0)).endsWith(" | happy new year");
      assertThat(fire.err().get(0)).matches("fire 1@\\S+Z#\\w+ at stdout: delivered");
      assertThat(ended("progress", "show").out()).isEqualTo(before).hasSize(2);

      Ended reset = ended("progress", "reset", "--all");
      assertThat(reset.code()).isEqualTo(1);
      assertThat(reset.err().get(0)).contains("pid " + scheduler.process().pid());

      scheduler.terminate();
      assertThat(scheduler.awaitExit()).isZero();
      assertThat(scheduler.stdout().all()).isEmpty();
    }
    assertThat(ended("progress", "reset", "--all").code()).isZero();
  }

  /** The library that draws it is in the jar in part only. */
  @Test
  @Timeout(300)
  void longWorkShowsABarOnATerminal() throws Exception {
    Path script = Path.of("/usr/bin/script");
    assumeThat(script).as("script, which gives a command a terminal").exists();
    String slow =
        "callbacks: {slow: {type: process, command: [sleep, '0.3'], max_concurrent: 1}}\n";
    try (Scheduler add =
        Launch.in(folder)
            .config(CONFIG + slow)
            .arguments("actions", "add", "a", "x", "--cron", "@hourly", "--callback", "slow")
            .start()) {
      assertThat(add.awaitExit()).isZero();
    }
    String backfill =
        "stty rows 30 cols 100; exec '%s/bin/java' -jar '%s' backfill 1 --from %s --to %s"
            .formatted(
                System.getProperty("java.home"),
                Launch.jar().toAbsolutePath(),
                "2026-11-18T00:00",
                "2026-11-18T04:00");
    Process process =
        new ProcessBuilder(script.toString(), "-qec", backfill, "/dev/null")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    try {
      process.getOutputStream().close();
      String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(shown).containsPattern("\\rbackfill +\\d+% \\[=* *\\] +\\d/4 ");
      assertThat(shown).contains("4 of 4 delivered, 0 failed");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void whatIsWrongIsToldByTheExitCode() throws InterruptedException {
    assertThat(ended("validate").code()).isZero();
    assertThat(ended("nxt").code()).isEqualTo(2);
    ended("actions", "add", "--name=never", "--command=x", "--cron=0 0 30 2 *");
    Ended validate = ended("validate");
    assertThat(validate.code()).isEqualTo(1);
    assertThat(validate.out()).hasSize(1);
    Ended missing = ended("run", "--config", "missing.yaml");
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.out()).isEmpty();
    assertThat(missing.err().get(0)).startsWith("missing.yaml: no such file");
  }
}
