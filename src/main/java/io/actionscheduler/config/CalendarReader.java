package io.actionscheduler.config;

import io.actionscheduler.calendar.Blackout;
import io.actionscheduler.calendar.CalendarFault;
import io.actionscheduler.calendar.CalendarPlan;
import io.actionscheduler.calendar.CalendarSettings;
import io.actionscheduler.calendar.DateRange;
import io.actionscheduler.calendar.WeeklyHours;
import io.actionscheduler.text.DidYouMean;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the sections {@code calendars} and {@code blackout}. */
final class CalendarReader {
  static final String CALENDARS = "calendars";
  static final String BLACKOUT = "blackout";

  private static final Set<String> OF_A_CALENDAR =
      new TreeSet<>(Set.of("dates", "weekly", "ics", "timezone"));
  private static final Set<String> OF_A_BLACKOUT =
      new TreeSet<>(Set.of("from", "to", "timezone", "days", "mode"));
  private static final Pattern ITEM = Pattern.compile("blackout\\.([0-9]{1,6})\\.(.+)");
  private static final Comparator<String> AS_NUMBERS =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  private static final Type<DateRange> DATES = of(DateRange::read, DateRange.ALLOWED);
  private static final Type<WeeklyHours> HOURS =
      of(WeeklyHours::read, "hours such as mon-fri 09:00-17:00, days such as sat-sun");
  private static final Type<Integer> TIME = of(WeeklyHours::time, WeeklyHours.TIME);
  private static final Type<Set<DayOfWeek>> DAYS = of(WeeklyHours::days, WeeklyHours.DAYS);
  private static final Type<Path> FILE = Types.FILE;

  private final Values values;
  private final Problems problems;
  private final ZoneId zone;

  /** Reads text as the calendars have it. */
  @FunctionalInterface
  private interface Reading<T> {
    T read(String text) throws CalendarFault;
  }

  /**
   * @param zone of calendars and blackouts that name none
   */
  CalendarReader(Values values, Problems problems, ZoneId zone) {
    this.values = values;
    this.problems = problems;
    this.zone = zone;
  }

  private static <T> Type<T> of(Reading<T> reading, String allowed) {
    return text -> {
      try {
        return reading.read(text);
      } catch (CalendarFault e) {
        throw new Refused(e.getMessage(), allowed);
      }
    };
  }

  CalendarPlan read() {
    Set<String> names = new TreeSet<>();
    for (Setting setting : values.below(CALENDARS).values()) {
      String rest = setting.key().substring(CALENDARS.length() + 1);
      int dot = rest.indexOf('.');
      String name = dot < 0 ? rest : rest.substring(0, dot);
      if (!Catalogue.isCallbackName(name)) {
        problems.add(setting, "\"" + name + "\" is no name; allowed: letters, digits, - and _");
      } else if (dot < 0) {
        problems.add(
            setting,
            setting.quoted()
                + " stands where a section is expected; known: "
                + String.join(", ", OF_A_CALENDAR));
      } else if (isKnown(setting, rest.substring(dot + 1), OF_A_CALENDAR)) {
        names.add(name);
      }
    }
    List<CalendarSettings> calendars = new ArrayList<>();
    names.forEach(name -> calendars.add(calendar(name)));
    return new CalendarPlan(calendars, blackouts());
  }

  private boolean isKnown(Setting setting, String path, Set<String> known) {
    String name = path.replaceFirst("\\.[0-9]+$", "");
    if (known.contains(name)) {
      return true;
    }
    problems.add(
        setting, "unknown setting, value " + setting.quoted() + DidYouMean.among(name, known));
    return false;
  }

  private CalendarSettings calendar(String name) {
    String section = CALENDARS + "." + name;
    ZoneId own = one(section + ".timezone", Types.ZONE).orElse(zone);
    List<DateRange> dates = list(section + ".dates", DATES);
    List<WeeklyHours> weekly = list(section + ".weekly", HOURS);
    List<Path> files = list(section + ".ics", FILE);
    if (dates.isEmpty() && weekly.isEmpty() && files.isEmpty() && problems.isEmpty()) {
      problems.add(
          values.below(section).values().iterator().next(),
          "the calendar "
              + name
              + " has no time at all; add dates, weekly or ics, or remove the calendar");
    }
    return new CalendarSettings(name, own, dates, weekly, files);
  }

  private List<Blackout> blackouts() {
    Set<String> numbers = new TreeSet<>(AS_NUMBERS);
    for (Setting setting : values.below(BLACKOUT).values()) {
      Matcher item = ITEM.matcher(setting.key());
      if (!item.matches()) {
        problems.add(setting, "a list is expected: - {from: \"22:00\", to: \"23:00\"}");
      } else if (isKnown(setting, item.group(2), OF_A_BLACKOUT)) {
        numbers.add(item.group(1));
      }
    }
    values
        .setting(BLACKOUT)
        .ifPresent(
            setting ->
                problems.add(
                    setting,
                    setting.quoted() + ": a list is expected: - {from: \"22:00\", to: \"23:00\"}"));
    List<Blackout> blackouts = new ArrayList<>();
    numbers.forEach(number -> blackout(BLACKOUT + "." + number).ifPresent(blackouts::add));
    return blackouts;
  }

  private Optional<Blackout> blackout(String item) {
    Optional<Integer> from = required(item, "from");
    Optional<Integer> to = required(item, "to");
    ZoneId own = one(item + ".timezone", Types.ZONE).orElse(zone);
    Set<DayOfWeek> days =
        values.setting(item + ".days").isEmpty() && values.below(item + ".days").isEmpty()
            ? EnumSet.allOf(DayOfWeek.class)
            : days(item + ".days");
    Blackout.Mode mode =
        one(item + ".mode", Types.oneOf("hold", "skip"))
            .map(word -> word.equals("skip") ? Blackout.Mode.SKIP : Blackout.Mode.HOLD)
            .orElse(Blackout.Mode.HOLD);
    if (from.isEmpty() || to.isEmpty() || days.isEmpty()) {
      return Optional.empty(); // a problem is reported
    }
    try {
      return Optional.of(new Blackout(WeeklyHours.of(days, from.get(), to.get()), own, mode));
    } catch (CalendarFault e) {
      problems.add(values.setting(item + ".to").orElseThrow(), e.getMessage());
      return Optional.empty();
    }
  }

  private Set<DayOfWeek> days(String key) {
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    list(key, DAYS).forEach(days::addAll);
    return days;
  }

  private Optional<Integer> required(String item, String name) {
    if (values.setting(item + "." + name).isEmpty()) {
      problems.add(
          values.below(item).values().iterator().next().source(),
          item + "." + name,
          "required, and not set; add " + WeeklyHours.TIME);
    }
    return one(item + "." + name, TIME);
  }

  private <T> Optional<T> one(String key, Type<T> type) {
    return values.setting(key).flatMap(setting -> problems.read(setting, setting.value(), type));
  }

  /** A list, or one text with commas. */
  private <T> List<T> list(String key, Type<T> type) {
    List<Setting> settings = new ArrayList<>(values.below(key).values());
    settings.sort(Comparator.comparing(Setting::key, AS_NUMBERS));
    values.setting(key).ifPresent(settings::add);
    List<T> all = new ArrayList<>();
    for (Setting setting : settings) {
      boolean single = type == HOURS || type == FILE; // days and names may have commas
      String[] parts = single ? new String[] {setting.value()} : setting.value().split(",", -1);
      for (String part : parts) {
        problems.read(setting, part.strip(), type).ifPresent(all::add);
      }
    }
    return all;
  }
}
