package io.actionscheduler.text;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.Timing;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;

/** Reads the text of a {@code cron} column: a JSON form or plain text. */
public final class CronReader {
  private final ScheduleParser parser;

  public CronReader(ScheduleParser parser) {
    this.parser = requireNonNull(parser, "parser is null");
  }

  /**
   * The timing that {@code cron} stands for.
   *
   * @param zone for a schedule that names none itself
   */
  public Timing read(String cron, ZoneId zone) throws InvalidSchedule {
    String text = cron.strip();
    if (!text.startsWith("{") && !text.startsWith("\"")) {
      return parser.parse(text, text, zone);
    }
    try {
      Object value = Json.parse(text); // JSON text around plain text stands for that text
      return value instanceof String plain
          ? parser.parse(plain.strip(), plain.strip(), zone)
          : parser.parse(Json.canonical(value), value, zone);
    } catch (InvalidJson e) {
      throw new InvalidSchedule("not JSON: " + e.getMessage());
    }
  }

  /**
   * The timing that stored text stands for, or empty when it cannot be understood any more: another
   * dialect is set now, or the zone is gone from the time zone data.
   *
   * @param zone the id of its zone
   */
  public Optional<Timing> readKept(String cron, String zone) {
    try {
      return Optional.of(read(cron, ZoneId.of(zone)));
    } catch (InvalidSchedule | DateTimeException e) {
      return Optional.empty();
    }
  }
}
