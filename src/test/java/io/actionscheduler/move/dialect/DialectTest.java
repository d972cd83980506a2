package io.actionscheduler.move.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Our readings of other programs, held against what these programs answered themselves. */
class DialectTest {
  private static final Instant AFTER = Instant.parse("2026-11-27T20:00:00Z");
  private static final ZoneId UTC = ZoneId.of("UTC");

  static Stream<String> measured() throws IOException {
    return Files.readAllLines(Path.of("src/test/resources/dialects/measured.txt")).stream()
        .filter(line -> !line.startsWith("#"));
  }

  @ParameterizedTest
  @MethodSource("measured")
  void aProgramIsReadAsItAnsweredItself(String line) {
    String[] parts = line.split(" \\| ?", -1);
    Reading reading = Dialect.valueOf(parts[1]).read(parts[0], UTC);

    if (parts[2].equals("refused")) {
      assertThat(reading).as(line).isInstanceOf(Reading.Refused.class);
    } else {
      assertThat(reading).as(line).isInstanceOf(Reading.Fires.class);
      if (!parts[2].equals("accepted")) {
        assertThat(times((Reading.Fires) reading, AFTER)).as(line).isEqualTo(parts[2]);
      }
    }
  }

  /** The nights in Berlin on which the clock changes, as the programs answered. */
  @ParameterizedTest(name = "{0}: {1} after {2}")
  @CsvSource({
    "ROBFIG, 30 2 * * *, 2027-03-27T12:00:00Z, 2027-03-29T00:30:00 2027-03-30T00:30:00 2027-03-31T00:30:00",
    "ROBFIG, 30 2 * * *, 2027-10-30T12:00:00Z, 2027-10-31T00:30:00 2027-10-31T01:30:00 2027-11-01T01:30:00",
    "SPRING, 0 30 2 * * *, 2027-03-27T12:00:00Z, 2027-03-29T00:30:00 2027-03-30T00:30:00 2027-03-31T00:30:00",
    "SPRING, 0 30 2 * * *, 2027-10-30T12:00:00Z, 2027-10-31T00:30:00 2027-10-31T01:30:00 2027-11-01T01:30:00",
    "CRONER, 30 2 * * *, 2027-03-27T12:00:00Z, 2027-03-28T01:00:00 2027-03-29T00:30:00 2027-03-30T00:30:00",
    "CRONER, 30 2 * * *, 2027-10-30T12:00:00Z, 2027-10-31T00:30:00 2027-11-01T01:30:00 2027-11-02T01:30:00",
    "CRONER, */30 2 * * *, 2027-10-30T22:00:00Z, 2027-10-31T00:00:00 2027-10-31T00:30:00 2027-10-31T01:00:00",
  })
  void whereTheClockChanges(Dialect dialect, String text, Instant after, String expected) {
    Reading reading = dialect.read(text, ZoneId.of("Europe/Berlin"));

    assertThat(times((Reading.Fires) reading, after)).isEqualTo(expected);
  }

  private static String times(Reading.Fires fires, Instant after) {
    List<Instant> next = fires.schedule().after(after, 3);
    return next.stream().map(at -> at.toString().substring(0, 19)).collect(Collectors.joining(" "));
  }
}
