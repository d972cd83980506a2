package io.actionscheduler.move.celery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.move.TableRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our reading of Celery's crontabs, held against what Celery answered itself. */
class CeleryCronTest {
  private static final List<String> COLUMNS =
      List.of("minute", "hour", "day_of_month", "month_of_year", "day_of_week");

  static Stream<String> measured() throws IOException {
    return Files.readAllLines(Path.of("src/test/resources/dialects/celery.txt")).stream()
        .filter(line -> !line.startsWith("#"));
  }

  /** Nights on which clocks change are among them. */
  @ParameterizedTest
  @MethodSource("measured")
  void aCrontabIsReadAsCeleryAnsweredItself(String line) {
    String[] parts = line.split(" \\| ?", -1);
    if (parts[4].equals("refused")) {
      assertThatThrownBy(() -> times(parts)).as(line).isInstanceOf(IllegalArgumentException.class);
    } else {
      assertThat(times(parts)).as(line).isEqualTo(parts[4]);
    }
  }

  private static String times(String[] parts) {
    Map<String, Object> row = new LinkedHashMap<>();
    String[] fields = parts[3].split(" ");
    for (int i = 0; i < fields.length; i++) {
      row.put(COLUMNS.get(i), fields[i]);
    }
    long[] times =
        CeleryCron.of(new TableRow(row))
            .in(ZoneId.of(parts[0]))
            .between(Instant.parse(parts[1] + ":00Z"), Instant.parse(parts[2] + ":00Z"));
    return LongStream.of(times)
        .mapToObj(at -> Instant.ofEpochSecond(at).toString().substring(0, 16))
        .collect(Collectors.joining(" "));
  }
}
