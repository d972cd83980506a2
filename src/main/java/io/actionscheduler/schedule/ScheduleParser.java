package io.actionscheduler.schedule;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Reads every form of a schedule. Safe for use by many threads. */
public final class ScheduleParser {
  private static final List<String> FORMATS =
      List.of("unix", "apscheduler", "quartz", "interval", "date");

  private final UnixDialect dialect;
  private final Format quartz;
  private final Map<ZoneId, ZoneTable> zones = new ConcurrentHashMap<>();

  /**
   * A format of {@code {"format": …, "params": {…}}} that this package does not hold itself
   * (Quartz's own expressions).
   */
  @FunctionalInterface
  public interface Format {
    /** The schedule that {@code value} stands for, in {@code zone}. */
    Schedule parse(String value, ZoneId zone) throws InvalidSchedule;
  }

  public ScheduleParser(UnixDialect dialect, Format quartz) {
    this.dialect = requireNonNull(dialect, "dialect is null");
    this.quartz = requireNonNull(quartz, "quartz is null");
  }

  /**
   * The timing that {@code cron} stands for.
   *
   * @param text what becomes {@link Timing#text()}
   * @param cron plain text, or the map of a JSON form
   * @param zone for a schedule that names none itself
   */
  public Timing parse(String text, Object cron, ZoneId zone) throws InvalidSchedule {
    if (cron instanceof String plain) {
      return new Timing(text, zone, Duration.ZERO, plain(plain.strip(), zone));
    }
    if (cron instanceof Map<?, ?> map) {
      Params form = new Params("cron", map, List.of("format", "params"));
      String format = form.text("format", "one of " + String.join(", ", FORMATS));
      if (form.has("params") && form.value("params") instanceof Map<?, ?> params) {
        return json(text, format, params, zone);
      }
      throw new InvalidSchedule(
          "params: missing or not an object; write {\"format\": …, \"params\": {…}}");
    }
    throw new InvalidSchedule(
        "cron \""
            + cron
            + "\": neither text nor an object; write {\"format\": …, \"params\": {…}}");
  }

  private Timing json(String text, String format, Map<?, ?> members, ZoneId otherwise)
      throws InvalidSchedule {
    Params params = new Params(format + " parameter", members, allowed(format));
    ZoneId zone = params.zone(otherwise);
    Schedule schedule =
        switch (format) {
          case "unix" -> crontab(params.text("value", "\"*/5 * * * *\""), zone);
          case "quartz" -> quartz.parse(params.text("value", "\"0 0/5 14 ? * MON-FRI\""), zone);
          case "interval" -> interval(params, zone);
          case "date" -> Once.of(date(params, zone));
          default -> extended(params, zone);
        };
    return new Timing(text, zone, params.jitter(), schedule);
  }

  private static List<String> allowed(String format) throws InvalidSchedule {
    return switch (format) {
      case "unix", "quartz" -> List.of("value", "timezone");
      case "interval" -> List.of("every", "start_date", "timezone");
      case "date" -> List.of("run_date", "timezone");
      case "apscheduler" -> {
        List<String> names = new ArrayList<>();
        for (ExtendedField field : ExtendedField.values()) {
          names.add(field.field.name());
        }
        names.addAll(List.of("start_date", "end_date", "timezone", "jitter"));
        yield names;
      }
      default ->
          throw new InvalidSchedule(
              "format \"" + format + "\": unknown; allowed are " + String.join(", ", FORMATS));
    };
  }

  private Schedule plain(String text, ZoneId zone) throws InvalidSchedule {
    if (text.matches("\\d{4}-\\d{1,2}-.*")) {
      return Once.of(InstantText.read("instant", text, zone));
    }
    if (text.matches("\\d+[^\\s]*[^\\s\\d]")) {
      return Interval.of(Instant.EPOCH, IntervalText.read("interval", text));
    }
    return crontab(text, zone);
  }

  private Schedule crontab(String text, ZoneId zone) throws InvalidSchedule {
    return switch (dialect) {
      case CRONTAB -> UnixCron.read(text, table(zone));
      case APSCHEDULER -> ExtendedCron.fromCrontab(text, table(zone));
    };
  }

  private Schedule extended(Params params, ZoneId zone) throws InvalidSchedule {
    Map<ExtendedField, String> given = new EnumMap<>(ExtendedField.class);
    for (ExtendedField field : ExtendedField.values()) {
      if (params.has(field.field.name())) {
        given.put(field, field.text(params.value(field.field.name())));
      }
    }
    if (given.isEmpty()) {
      throw new InvalidSchedule("params: no field is given; write at least one of year to second");
    }
    Bounds bounds = Bounds.NONE;
    Optional<Instant> start = params.instant("start_date", zone);
    Optional<Instant> end = params.instant("end_date", zone);
    bounds = start.isPresent() ? bounds.from(start.get()) : bounds;
    bounds = end.isPresent() ? bounds.to(end.get()) : bounds;
    return ExtendedCron.read(given, table(zone), bounds);
  }

  private static Schedule interval(Params params, ZoneId zone) throws InvalidSchedule {
    Duration every = IntervalText.read("every", params.text("every", "\"90s\" or \"1h30m\""));
    return Interval.of(params.instant("start_date", zone).orElse(Instant.EPOCH), every);
  }

  private static Instant date(Params params, ZoneId zone) throws InvalidSchedule {
    String example = "\"2026-12-31T23:59:59Z\"";
    return InstantText.read("run_date", params.text("run_date", example), zone);
  }

  /** Built when a zone is first met, then shared by all its schedules. */
  private ZoneTable table(ZoneId zone) {
    return zones.computeIfAbsent(zone, ZoneTable::new);
  }
}
