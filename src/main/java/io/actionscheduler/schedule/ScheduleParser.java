package io.actionscheduler.schedule;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Reads every form of a schedule. Safe for use by many threads. */
public final class ScheduleParser {
  private static final String OBJECT = "write {\"format\": …, \"params\": {…}}";

  private static final String QUARTZ_EXAMPLE = "\"0 0/5 14 ? * MON-FRI\"";

  private static final Pattern INSTANT = Pattern.compile("\\d{4}-\\d{1,2}-");
  private static final Pattern INTERVAL = Pattern.compile("\\d[0-9a-z]*");

  private final UnixDialect dialect;
  private final Format quartz;
  private final Map<ZoneId, ZoneTable> zones = new ConcurrentHashMap<>();

  /**
   * A format of {@code {"format": …, "params": {…}}} that this package does not hold itself
   * (Quartz's own expressions).
   */
  @FunctionalInterface
  public interface Format {
    /**
     * The rule that {@code value} stands for, by the clock of any zone.
     *
     * @throws InvalidSchedule when it stands for none
     */
    CalendarRule parse(String value) throws InvalidSchedule;
  }

  public ScheduleParser(UnixDialect dialect, Format quartz) {
    this.dialect = requireNonNull(dialect, "dialect is null");
    this.quartz = requireNonNull(quartz, "quartz is null");
  }

  /** Whether {@code text} is an interval of an allowed length, such as {@code 1h30m}. */
  public static boolean isAllowedInterval(String text) {
    try {
      IntervalText.read("interval", text);
      return true;
    } catch (InvalidSchedule e) {
      return false;
    }
  }

  /**
   * The timing that {@code cron} stands for.
   *
   * @param text what becomes {@link Timing#text()}
   * @param cron plain text, or the map of a JSON form
   * @param zone for a schedule that names none itself
   * @throws InvalidSchedule when no format can read it; the message names field, fault and remedy
   */
  public Timing parse(String text, Object cron, ZoneId zone) throws InvalidSchedule {
    try {
      return read(text, cron, zone);
    } catch (InvalidSchedule e) {
      throw odd(cron).or(() -> foreign(cron)).orElse(e);
    }
  }

  /**
   * The message about an odd character in {@code cron}: it explains more than any other message.
   */
  private static Optional<InvalidSchedule> odd(Object cron) {
    if (cron instanceof String text) {
      return OddCharacters.named(text.strip()).map(InvalidSchedule::new);
    }
    if (cron instanceof Map<?, ?> map) {
      return map.entrySet().stream().flatMap(member -> odd(member).stream()).findFirst();
    }
    return Optional.empty();
  }

  private static Optional<InvalidSchedule> odd(Map.Entry<?, ?> member) {
    String name = String.valueOf(member.getKey());
    if (!(member.getValue() instanceof String text)) {
      return odd(name).or(() -> odd(member.getValue()));
    }
    return odd(name)
        .or(
            () ->
                odd(text)
                    .map(e -> new InvalidSchedule(name + " \"" + text + "\": " + e.getMessage())));
  }

  private static Optional<InvalidSchedule> foreign(Object cron) {
    if (cron instanceof String text) {
      return ForeignText.remedy(text.strip())
          .map(told -> new InvalidSchedule("cron \"" + text.strip() + "\": " + told));
    }
    return cron instanceof Map<?, ?> form && form.get("params") instanceof Map<?, ?> params
        ? foreign(params.get("value"))
        : Optional.empty();
  }

  private Timing read(String text, Object cron, ZoneId zone) throws InvalidSchedule {
    if (cron instanceof String plain) {
      return timing(text, zone, Duration.ZERO, plain(plain.strip(), zone));
    }
    if (!(cron instanceof Map<?, ?> map)) {
      throw new InvalidSchedule("cron \"" + text + "\": neither text nor an object; " + OBJECT);
    }
    Params members = new Params("cron", map, List.of("format", "params"));
    Form form = Form.of(members.text("format", "one of " + Form.formats()));
    if (!(members.value("params") instanceof Map<?, ?> params)) {
      throw new InvalidSchedule("params: missing or no object; " + OBJECT);
    }
    return json(text, form, new Params(form.format() + " parameter", params, form.params()), zone);
  }

  private Timing json(String text, Form form, Params params, ZoneId otherwise)
      throws InvalidSchedule {
    ZoneId named = params.zone(otherwise);
    // A stored schedule is read under its former law, also where it names its zone itself.
    ZoneId zone = ZoneLaw.name(otherwise.getId()).equals(named.getId()) ? otherwise : named;
    Schedule schedule =
        switch (form) {
          case UNIX ->
              crontab(params.text("value", "\"*/5 * * * *\""), zone).with(params.bounds(zone));
          case APSCHEDULER -> extended(params, zone);
          case QUARTZ ->
              quartz
                  .parse(params.text("value", QUARTZ_EXAMPLE))
                  .in(table(zone))
                  .with(params.bounds(zone));
          case INTERVAL -> interval(params, zone);
          case DATE -> date(params, zone);
        };
    return timing(text, zone, params.jitter(), schedule);
  }

  private Timing timing(String text, ZoneId zone, Duration jitter, Schedule schedule) {
    return new Timing(text, text, zone, table(zone).law(), jitter, schedule);
  }

  private Schedule plain(String text, ZoneId zone) throws InvalidSchedule {
    if (isInstant(text)) {
      return Once.of(InstantText.read("instant", text, zone));
    }
    if (isCrontab(text)) {
      return crontab(text, zone);
    }
    if (isInterval(text)) {
      return Interval.of(Instant.EPOCH, IntervalText.read("interval", text), Instant.MAX);
    }
    throw none(text);
  }

  /**
   * The JSON form that means what {@code plain} means, which is no JSON.
   *
   * @throws InvalidSchedule when it is no schedule at all; the form may have further faults
   */
  public static Map<String, Object> form(String plain) throws InvalidSchedule {
    String text = plain.strip();
    if (isInstant(text)) {
      return Form.DATE.ofPlain(text);
    }
    if (isCrontab(text)) {
      return Form.UNIX.ofPlain(text);
    }
    if (isInterval(text)) {
      return Form.INTERVAL.ofPlain(text);
    }
    throw odd(text).or(() -> foreign(text)).orElseGet(() -> none(text));
  }

  private static boolean isInstant(String text) {
    return INSTANT.matcher(text).lookingAt();
  }

  private static boolean isCrontab(String text) {
    return text.startsWith("@") || text.indexOf(' ') > 0 || text.indexOf('\t') > 0;
  }

  private static boolean isInterval(String text) {
    return INTERVAL.matcher(text).matches();
  }

  private static InvalidSchedule none(String text) {
    return new InvalidSchedule(
        "cron \""
            + text
            + "\": not a schedule; write crontab such as */5 * * * * or @daily, an interval such as"
            + " 1h30m, or an instant such as 2026-12-31T23:59:59Z");
  }

  private CronSchedule crontab(String text, ZoneId zone) throws InvalidSchedule {
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
    return ExtendedCron.read(given, table(zone), params.bounds(zone));
  }

  private static Schedule interval(Params params, ZoneId zone) throws InvalidSchedule {
    Duration every = IntervalText.read("every", params.text("every", "\"90s\" or \"1h30m\""));
    return Interval.of(
        params.instant("start_date", zone, Instant.EPOCH),
        every,
        params.instant("end_date", zone, Instant.MAX));
  }

  private static Schedule date(Params params, ZoneId zone) throws InvalidSchedule {
    Instant at =
        InstantText.read("run_date", params.text("run_date", Params.INSTANT_EXAMPLE), zone);
    if (at.isBefore(params.instant("start_date", zone, Instant.MIN))) {
      throw new InvalidSchedule("run_date " + at + ": lies before start_date; leave one of them");
    }
    if (at.isAfter(params.instant("end_date", zone, Instant.MAX))) {
      throw new InvalidSchedule("run_date " + at + ": lies after end_date; leave one of them");
    }
    return Once.of(at);
  }

  /** Made when a zone or its data are first used, then shared by all its schedules. */
  private ZoneTable table(ZoneId zone) {
    return zones.compute(
        zone, (id, known) -> known != null && known.isCurrent() ? known : new ZoneTable(id));
  }
}
