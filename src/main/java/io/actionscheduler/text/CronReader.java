package io.actionscheduler.text;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.schedule.ZoneLaw;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the text of a {@code cron} column: a JSON form or plain text. */
public final class CronReader {
  private static final int MOST_DECODED = 8;

  /** What JSON of a schedule begins with, and no plain text. */
  private static final String JSON = "{\"[";

  private final ScheduleParser parser;

  public CronReader(ScheduleParser parser) {
    this.parser = requireNonNull(parser, "parser is null");
  }

  /**
   * The timing that {@code cron} stands for.
   *
   * @param zone for a schedule that names none itself
   * @throws InvalidSchedule when no format can read it; the message names field, fault and remedy
   */
  public Timing read(String cron, ZoneId zone) throws InvalidSchedule {
    return read(cron, zone, 0).as(cron.strip());
  }

  /**
   * {@code cron} as a JSON form that has {@code params}, too; they take the place of its own.
   *
   * @throws InvalidSchedule when it is no schedule; the text that is given may have further faults
   */
  public static String with(String cron, Map<String, Object> params) throws InvalidSchedule {
    String text = cron.strip();
    try {
      Object value = text.isEmpty() || JSON.indexOf(text.charAt(0)) < 0 ? text : Json.parse(text);
      for (int i = 0; i < MOST_DECODED && value instanceof String plain; i++) {
        String inner = plain.strip();
        value =
            inner.isEmpty() || JSON.indexOf(inner.charAt(0)) < 0
                ? ScheduleParser.form(inner)
                : Json.parse(inner);
      }
      if (!(value instanceof Map<?, ?> written)) {
        return text; // whose reading says what is wrong with it
      }
      Map<?, ?> form = decoded(written);
      if (!(form.get("params") instanceof Map<?, ?> own)) {
        return text;
      }
      Map<Object, Object> all = new HashMap<>(own);
      all.putAll(params);
      Map<Object, Object> whole = new HashMap<>(form);
      whole.put("params", all);
      return Json.canonical(whole);
    } catch (InvalidJson e) {
      return text;
    }
  }

  /** The form with an object as {@code params}, where they were encoded on their own. */
  private static Map<?, ?> decoded(Map<?, ?> form) throws InvalidSchedule {
    Object params = form.get("params");
    for (int i = 0; i < MOST_DECODED && isJson(params); i++) {
      try {
        params = Json.parse(((String) params).strip());
      } catch (InvalidJson e) {
        throw new InvalidSchedule(
            "params: text that is not JSON: " + e.getMessage() + "; write an object");
      }
    }
    if (params == form.get("params")) {
      return form;
    }
    Map<Object, Object> whole = new LinkedHashMap<>(form);
    whole.put("params", params);
    return whole;
  }

  private static boolean isJson(Object value) {
    return value instanceof String text
        && !text.isBlank()
        && JSON.indexOf(text.strip().charAt(0)) >= 0;
  }

  private Timing read(String cron, ZoneId zone, int decoded) throws InvalidSchedule {
    String text = cron.strip();
    if (text.isEmpty() || JSON.indexOf(text.charAt(0)) < 0) {
      return parser.parse(text, text, zone);
    }
    try {
      Object value = Json.parse(text);
      if (!(value instanceof String plain)) {
        if (!(value instanceof Map<?, ?> form)) {
          return parser.parse(text, value, zone); // refuses a list, or a number, as it stands there
        }
        Map<?, ?> whole = decoded(form);
        return parser.parse(Json.canonical(whole), whole, zone);
      }
      // JSON text around other text stands for that text, be it plain or JSON: programs that write
      // JSON into a JSON column now and then encode it once too often.
      if (decoded == MOST_DECODED) {
        throw new InvalidSchedule("JSON within JSON text, again and again; write it once");
      }
      return read(plain, zone, decoded + 1);
    } catch (InvalidJson e) {
      throw new InvalidSchedule("not JSON: " + e.getMessage());
    }
  }

  /**
   * The timing that stored text stands for, or empty when it cannot be understood any more: another
   * dialect is set now, or the zone is gone from the time zone data.
   *
   * @param zone its zone as it is stored, under the law of then
   */
  public Optional<Timing> readKept(String cron, String zone) {
    try {
      return Optional.of(read(cron, ZoneLaw.zone(zone)));
    } catch (InvalidSchedule | DateTimeException e) {
      return Optional.empty();
    }
  }
}
