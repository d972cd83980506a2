package io.actionscheduler.text;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.schedule.InstantText;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.schedule.ZoneText;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Fire times as text: what the command {@code next} shows. */
public final class FireTimes {
  /** The most fire times that one line may ask for. */
  public static final int MOST = 100_000;

  private static final int USUAL = 10;

  private final CronReader reader;
  private final ZoneId zone;
  private final InstantSource clock;

  /**
   * @param zone for lines that name none
   * @param clock for lines that say neither {@code after} nor {@code before}
   */
  public FireTimes(CronReader reader, ZoneId zone, InstantSource clock) {
    this.reader = requireNonNull(reader, "reader is null");
    this.zone = requireNonNull(zone, "zone is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** The first fire times strictly after {@code after}, {@code count} at most, as text. */
  public static List<String> next(Timing timing, Instant after, int count) {
    return walk(timing, count, timing.schedule().next(after), timing.schedule()::next);
  }

  /** The last fire times at or before {@code at}, the latest first, {@code count} at most. */
  public static List<String> previous(Timing timing, Instant at, int count) {
    return walk(
        timing,
        count,
        timing.schedule().previous(at),
        fire -> timing.schedule().previous(fire.minusNanos(1)));
  }

  /**
   * The answer to one line of {@code next --jsonl}: {@code {"id": …, "next": […]}}, with {@code
   * previous} where the line has {@code before}, or with {@code error} where it cannot be
   * understood.
   */
  public String answer(String line) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("id", null);
    try {
      if (!(Json.parse(line) instanceof Map<?, ?> question)) {
        throw new InvalidSchedule("a line is an object such as {\"id\": 1, \"cron\": \"@daily\"}");
      }
      answer.put("id", question.get("id"));
      answer(question, answer);
    } catch (InvalidSchedule e) {
      answer.put("error", e.getMessage());
    } catch (InvalidJson e) {
      answer.put("error", "not JSON: " + e.getMessage());
    }
    return Json.write(answer);
  }

  private void answer(Map<?, ?> question, Map<String, Object> answer) throws InvalidSchedule {
    Object cron = question.get("cron");
    if (cron == null) {
      throw new InvalidSchedule("cron: missing; write a schedule");
    }
    Timing timing =
        reader.read(cron instanceof String text ? text : Json.write(cron), zone(question));
    int count = count(question);
    if (question.containsKey("before")) {
      answer.put("previous", previous(timing, instant("before", question, timing), count));
    } else {
      answer.put("next", next(timing, instant("after", question, timing), count));
    }
  }

  private static List<String> walk(
      Timing timing, int count, Optional<Instant> first, Function<Instant, Optional<Instant>> on) {
    List<String> times = new ArrayList<>();
    Optional<Instant> fire = first;
    while (fire.isPresent() && times.size() < count) {
      times.add(IsoTime.text(fire.get(), timing.zone()));
      fire = times.size() < count ? on.apply(fire.get()) : Optional.empty();
    }
    return times;
  }

  private ZoneId zone(Map<?, ?> question) throws InvalidSchedule {
    Object name = question.get("timezone");
    if (name == null) {
      return zone;
    }
    if (name instanceof String text) {
      return ZoneText.read("timezone", text);
    }
    throw new InvalidSchedule("timezone \"" + name + "\": not text; write a zone's name");
  }

  private Instant instant(String member, Map<?, ?> question, Timing timing) throws InvalidSchedule {
    Object value = question.get(member);
    if (value == null) {
      return clock.instant();
    }
    if (value instanceof String text) {
      return InstantText.read(member, text, timing.zone());
    }
    throw new InvalidSchedule(member + " \"" + value + "\": not text; write an instant");
  }

  private static int count(Map<?, ?> question) throws InvalidSchedule {
    Object value = question.containsKey("count") ? question.get("count") : (Object) (long) USUAL;
    if (value instanceof Long count && count >= 0 && count <= MOST) {
      return count.intValue();
    }
    throw new InvalidSchedule("count \"" + value + "\": allowed are 0 to " + MOST);
  }
}
