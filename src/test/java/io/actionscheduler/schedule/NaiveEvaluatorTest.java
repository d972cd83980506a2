package io.actionscheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The second opinion must itself be right: it gives the answers of the vectors that lie near. */
@Tag("time")
class NaiveEvaluatorTest {
  private static final Duration NEAR = Duration.ofHours(6);

  @ParameterizedTest
  @ValueSource(strings = {"unix", "apscheduler", "edges"})
  void givesTheAnswersOfTheVectors(String file) throws IOException, InvalidJson {
    int compared = 0;
    for (String line : lines(file)) {
      Map<?, ?> vector = (Map<?, ?>) Json.parse(line);
      if (line.contains("\"value\": \"@")) {
        continue; // nicknames are not among what it reads
      }
      ZoneId zone = ZoneId.of(vector.get("timezone").toString());
      NaiveEvaluator naive = NaiveEvaluator.of(vector.get("cron"), zone);
      List<Instant> times = times(vector);
      for (int i = 1; i < times.size(); i++) {
        Instant from = times.get(i - 1);
        Instant to = times.get(i);
        if (Duration.between(from, to).compareTo(NEAR) < 0) {
          assertThat(naive.between(from, to)).as(line).containsExactly(to);
          compared++;
        } else {
          assertThat(naive.firesAt(to)).as("%s at %s", line, to).isTrue();
        }
      }
    }
    assertThat(compared).isGreaterThan(1000);
  }

  private static List<Instant> times(Map<?, ?> vector) {
    boolean forth = vector.containsKey("next");
    List<Instant> times = new ArrayList<>();
    for (Object time : (List<?>) vector.get(forth ? "next" : "previous")) {
      times.add(OffsetDateTime.parse(time.toString()).toInstant());
    }
    if (!forth) {
      Collections.reverse(times);
    }
    return times;
  }

  private static List<String> lines(String file) throws IOException {
    try (InputStream in =
        NaiveEvaluatorTest.class.getResourceAsStream("/vectors/" + file + ".jsonl")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }
}
