package io.actionscheduler.move.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.scheduling.support.CronExpression;

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

  @ParameterizedTest
  @ValueSource(strings = {"ab ", "mon,", "1-"})
  void aLongTextIsRefusedByEachProgram(String part) {
    String text = part.repeat(40_000 / part.length()) + "x";
    for (Dialect each : Dialect.values()) {
      assertThat(each.read(text, UTC)).as(each + part).isInstanceOf(Reading.Refused.class);
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

  /** Quartz and Spring are here: they are asked again. */
  @ParameterizedTest
  @MethodSource("measured")
  void whatWasMeasuredIsStillSo(String line) {
    String[] parts = line.split(" \\| ?", -1);
    String text = parts[0].split(" ").length == 5 ? "0 " + parts[0] : parts[0];
    if (parts[1].equals("QUARTZ")) {
      assertThat(askQuartz(text)).as(line).isEqualTo(parts[2]);
    } else if (parts[1].equals("SPRING")) {
      assertThat(askSpring(text)).as(line).isEqualTo(parts[2]);
    }
  }

  private static String askQuartz(String text) {
    try {
      org.quartz.CronExpression cron = new org.quartz.CronExpression(text);
      cron.setTimeZone(TimeZone.getTimeZone("UTC"));
      return next(at -> Optional.ofNullable(cron.getTimeAfter(Date.from(at))).map(Date::toInstant));
    } catch (ParseException | RuntimeException e) {
      return "refused";
    }
  }

  private static String askSpring(String text) {
    try {
      CronExpression cron = CronExpression.parse(text);
      return next(
          at -> Optional.ofNullable(cron.next(at.atZone(UTC))).map(ZonedDateTime::toInstant));
    } catch (IllegalArgumentException e) {
      return "refused";
    }
  }

  private static String next(Function<Instant, Optional<Instant>> following) {
    List<String> times = new ArrayList<>();
    Optional<Instant> at = following.apply(AFTER);
    while (at.isPresent() && times.size() < 3) {
      times.add(at.get().toString().substring(0, 19));
      at = following.apply(at.get());
    }
    return String.join(" ", times);
  }

  private static String times(Reading.Fires fires, Instant after) {
    List<Instant> next = fires.schedule().after(after, 3);
    return next.stream().map(at -> at.toString().substring(0, 19)).collect(Collectors.joining(" "));
  }
}
