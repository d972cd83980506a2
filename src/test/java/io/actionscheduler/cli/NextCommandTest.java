package io.actionscheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("time")
class NextCommandTest {
  @Test
  void anExpressionGivesItsComingTimesALineEach() {
    Typed next = Typed.command("next", "30 3 * * *", "--timezone", "Europe/Berlin", "--count", "2");
    assertThat(next.code()).isZero();
    assertThat(next.lines())
        .containsExactly("2026-11-21T03:30:00+01:00", "2026-11-22T03:30:00+01:00");
  }

  @Test
  void afterIsExclusive() {
    Typed next =
        Typed.command("next", "@daily", "--timezone=UTC", "--after=2026-01-01", "--count=1");
    assertThat(next.lines()).containsExactly("2026-01-02T00:00:00+00:00");
  }

  @Test
  void severalExpressionsMakeATable() {
    Typed next = Typed.command("next", "@daily", "1h", "--timezone", "UTC", "--count", "1");
    assertThat(next.lines())
        .containsExactly(
            "CRON    NEXT",
            "@daily  2026-11-21T00:00:00+00:00",
            "1h      2026-11-20T11:00:00+00:00");
  }

  @Test
  void jsonIsAListWithAnObjectForEachExpression() throws InvalidJson {
    Typed next = Typed.command("next", "@daily", "--json", "--timezone", "UTC", "--count", "1");
    assertThat(Json.parse(next.out()))
        .isEqualTo(
            List.of(
                Map.of(
                    "cron", "@daily",
                    "timezone", "UTC",
                    "next", List.of("2026-11-21T00:00:00+00:00"))));
  }

  @Test
  void aNicknameIsNoFile() throws IOException {
    Path file = Files.writeString(Path.of("daily"), "1h");
    try {
      assertThat(Typed.command("next", "@daily", "--count=1", "--timezone=UTC").lines())
          .containsExactly("2026-11-21T00:00:00+00:00");
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void whatNeverFiresIsSaidAndIsNoFailure() {
    Typed next = Typed.command("next", "0 0 30 2 *");
    assertThat(next.code()).isZero();
    assertThat(next.out()).isEmpty();
    assertThat(next.err()).contains("\"0 0 30 2 *\": no fire after");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "61 * * * *     | --count=1               | minute",
        "* * * * *      | --count=0               | --count 0: allowed are 1 to",
        "* * * * *      | --count=x               | --count",
        "* * * * *      | --timezone=Mars/Olympus | Mars/Olympus",
        "* * * * *      | --after=yesterday       | yesterday",
        "* * * * *      | --jsonl                 | standard input",
        "* * * * *      | --config=missing.yaml   | missing.yaml"
      })
  void wrongUsageIsExplainedAndExits2(String cron, String option, String message) {
    Typed next = Typed.command("next", cron, option);
    assertThat(next.code()).isEqualTo(2);
    assertThat(next.out()).isEmpty();
    assertThat(next.err()).contains(message);
  }

  @Test
  void anExpressionWithoutQuotesGetsAHint() {
    Typed next = Typed.command("next", "30", "3", "*", "*", "*");
    assertThat(next.code()).isEqualTo(2);
    assertThat(next.err()).contains("write it in quotes: '30 3 * * *'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix", "apscheduler", "edges", "invalid", "zones"})
  void linesAreAnsweredAsTheVectorsSay(String file) throws IOException, InvalidJson {
    List<String> questions = vectors(file).lines().toList();
    Typed next = Typed.withInput(vectors(file), "next", "--jsonl");
    assertThat(next.code()).isZero();
    assertThat(next.lines()).hasSameSizeAs(questions);
    SoftAssertions softly = new SoftAssertions();
    for (int i = 0; i < questions.size(); i++) {
      Map<?, ?> question = (Map<?, ?>) Json.parse(questions.get(i));
      Map<?, ?> answer = (Map<?, ?>) Json.parse(next.lines().get(i));
      String wanted =
          question.containsKey("error")
              ? "error"
              : question.containsKey("before") ? "previous" : "next";
      softly.assertThat(answer.get("id")).isEqualTo(question.get("id"));
      softly.assertThat(answer.keySet()).hasSize(2);
      if (wanted.equals("error")) {
        softly.assertThat(answer.containsKey("error")).as(questions.get(i)).isTrue();
      } else {
        softly.assertThat(answer.get(wanted)).as(questions.get(i)).isEqualTo(question.get(wanted));
      }
    }
    softly.assertAll();
  }

  private static String vectors(String file) throws IOException {
    try (var in = NextCommandTest.class.getResourceAsStream("/vectors/" + file + ".jsonl")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void aLineThatIsNoQuestionIsAnsweredByItsErrorAndTheNextOneGoesOn() {
    String input =
        "nonsense\n\n[]\n{\"id\": \"a\"}\r\n{\"id\": 7, \"cron\": \"@hourly\", \"count\": 1}";
    Typed next = Typed.withInput(input, "next", "--jsonl", "--timezone", "UTC");
    assertThat(next.code()).isZero();
    assertThat(next.lines()).hasSize(5);
    assertThat(next.lines().subList(0, 3))
        .allMatch(line -> line.startsWith("{\"id\":null,\"error\":"));
    assertThat(next.lines().get(3)).startsWith("{\"id\":\"a\",\"error\":\"cron: missing");
    assertThat(next.lines().get(4))
        .isEqualTo("{\"id\":7,\"next\":[\"2026-11-20T11:00:00+00:00\"]}");
  }

  @Test
  void aLineOfAnyLengthIsTaken() {
    String input = "x".repeat(3 << 20) + "\n{\"id\":1,\"cron\":\"@hourly\",\"count\":0}\n";
    Typed next = Typed.withInput(input, "next", "--jsonl");
    assertThat(next.lines().get(0)).contains("a line of more than 1048576 bytes");
    assertThat(next.lines().get(1)).isEqualTo("{\"id\":1,\"next\":[]}");
  }

  @Test
  void whoAsksOneQuestionAndWaitsGetsTheAnswer() throws Exception {
    try (var questions = new PipedOutputStream();
        var in = new PipedInputStream(questions);
        var answers = new PipedInputStream();
        var out = new PipedOutputStream(answers)) {
      Shell shell =
          new Shell(
              in,
              Output.buffered(out),
              Output.atOnce(System.err),
              Map.of(),
              InstantSource.fixed(Typed.NOW),
              OptionalInt::empty);
      var running = CompletableFuture.supplyAsync(() -> new Cli(shell).execute("next", "--jsonl"));
      for (int id = 1; id <= 3; id++) {
        String question = "{\"id\":" + id + ",\"cron\":\"@hourly\",\"count\":0}\n";
        questions.write(question.getBytes(StandardCharsets.UTF_8));
        questions.flush();
        String answer = "{\"id\":" + id + ",\"next\":[]}\n";
        assertThat(new String(answers.readNBytes(answer.length()), StandardCharsets.UTF_8))
            .isEqualTo(answer);
      }
      questions.close();
      assertThat(running.get(30, TimeUnit.SECONDS)).isZero();
    }
  }
}
