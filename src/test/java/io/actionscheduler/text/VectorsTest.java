package io.actionscheduler.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.quartz.QuartzExpression;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.UnixDialect;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("time")
class VectorsTest {
  private final FireTimes times =
      new FireTimes(
          new CronReader(new ScheduleParser(UnixDialect.CRONTAB, QuartzExpression::parse)),
          ZoneOffset.UTC,
          InstantSource.fixed(Instant.parse("2026-11-20T00:00:00Z")));

  @ParameterizedTest(name = "{0}: {1} lines")
  @CsvSource({"unix, 700", "apscheduler, 700", "edges, 600", "invalid, 54", "zones, 150"})
  void everyLineIsAnsweredAsItsVectorSays(String file, int lines) throws IOException {
    SoftAssertions softly = new SoftAssertions();
    assertThat(lines(file)).hasSize(lines);
    lines(file).forEach(line -> check(line, softly));
    softly.assertAll();
  }

  private void check(String line, SoftAssertions softly) {
    Map<?, ?> vector = object(line);
    Map<?, ?> answer = object(times.answer(line));
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("id", vector.get("id"));
    if (vector.containsKey("error")) {
      softly.assertThat((Object) answer.keySet()).as(line).isEqualTo(Set.of("id", "error"));
    } else {
      String direction = vector.containsKey("before") ? "previous" : "next";
      expected.put(direction, vector.get(direction));
      softly.assertThat((Object) answer).as(line).isEqualTo(expected);
    }
  }

  private static Map<?, ?> object(String line) {
    try {
      return (Map<?, ?>) Json.parse(line);
    } catch (InvalidJson e) {
      throw new AssertionError(line, e);
    }
  }

  private static Stream<String> lines(String file) throws IOException {
    try (InputStream in = VectorsTest.class.getResourceAsStream("/vectors/" + file + ".jsonl")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines();
    }
  }
}
