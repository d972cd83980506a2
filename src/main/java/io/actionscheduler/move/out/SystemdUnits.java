package io.actionscheduler.move.out;

import io.actionscheduler.move.systemd.CalendarEvent;
import io.actionscheduler.move.systemd.CalendarTimes;
import io.actionscheduler.move.systemd.TimerUnits;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes an action as a timer and a service of systemd. */
final class SystemdUnits {
  private static final Pattern PART =
      Pattern.compile("(?:(\\*)|([a-z]+|\\d+)(?:-([a-z]+|\\d+))?)(?:/(\\d{1,4}))?");
  private static final List<String> MONTHS =
      List.of(
          "", "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> WEEKDAYS =
      List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun");
  private static final List<String> NAMES =
      List.of("", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

  private SystemdUnits() {}

  static Said say(Leaving action, ZoneId machine, Instant now) throws NotSaid {
    Five five = Five.of(action.timing(), now);
    ZoneId zone = action.timing().zone();
    List<String> events = new ArrayList<>();
    List<CalendarTimes> times = new ArrayList<>();
    for (String event : events(five)) {
      String whole = Zones.areSame(zone, machine) ? event : event + " " + named(zone);
      events.add("OnCalendar=" + whole);
      try {
        times.add(new CalendarTimes(CalendarEvent.read(whole), zone));
      } catch (CalendarEvent.Unreadable e) {
        throw new NotSaid(e.getMessage());
      }
    }
    List<String> notes = new ArrayList<>();
    if (!action.policy().overlap().equals("skip")) {
      notes.add("systemd starts nothing while the service is active");
    }
    boolean isPersistent =
        action.policy().actualitySeconds().isEmpty() && action.policy().mergesMissed();
    if (!isPersistent) {
      notes.add(
          "missed runs are not made up for: Persistent= would do it once, however old they are");
    }
    if (!action.policy().enabled()) {
      notes.add("it is disabled: its timer has no [Install], so systemctl does not enable it");
    }
    Duration jitter = five.beside().jitter();
    if (!jitter.isZero()) {
      events.add("RandomizedDelaySec=" + seconds(jitter) + "s\nFixedRandomDelay=yes");
    }
    return new Said(units(action, events, isPersistent), CalendarTimes.of(times), notes);
  }

  /** A backslash at the end would continue the line. */
  private static String description(String name) {
    return Target.oneLine(name).replace("%", "%%").replaceFirst("\\\\+\\s*$", "");
  }

  private static String seconds(Duration span) {
    return BigDecimal.valueOf(span.toMillis(), 3).stripTrailingZeros().toPlainString();
  }

  private static String units(Leaving action, List<String> events, boolean isPersistent)
      throws NotSaid {
    if (action.command().isBlank() || action.command().contains("\n")) {
      throw new NotSaid("its command is empty, or has several lines");
    }
    String name = action.label();
    String command =
        action
            .command()
            .replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("%", "%%")
            .replace("$", "$$");
    return """
        # /etc/systemd/system/%s.timer
        [Unit]
        Description=%s

        [Timer]
        %s
        AccuracySec=1s
        %s%s
        # /etc/systemd/system/%s.service
        [Service]
        Type=oneshot
        ExecStart=/bin/sh -c "%s"

        """
        .formatted(
            name,
            description(action.name()),
            String.join("\n", events),
            isPersistent ? "Persistent=yes\n" : "",
            action.policy().enabled()
                ? "\n[Install]\nWantedBy=timers.target\n"
                : TimerUnits.DISABLED + "\n",
            name,
            command);
  }

  private static String named(ZoneId zone) throws NotSaid {
    String id = Zones.named(zone, "systemd");
    if (!id.contains("/") && !id.equals("UTC")) {
      throw new NotSaid("systemd knows no zone " + id + "; name a region, such as Europe/Berlin");
    }
    return id;
  }

  /** One event, or two if a day may match by either field. */
  private static List<String> events(Five five) throws NotSaid {
    String time =
        text(set(five, 1, 0, 23, List.of()), 0, 23, ":")
            + text(set(five, 0, 0, 59, List.of()), 0, 59, ":")
            + text(set(five.beside().second(), 0, 59), 0, 59, "");
    BitSet years = set(five.beside().year(), CalendarEvent.FIRST_YEAR, CalendarEvent.LAST_YEAR);
    String month =
        text(years, CalendarEvent.FIRST_YEAR, CalendarEvent.LAST_YEAR, "-")
            + text(set(five, 3, 1, 12, MONTHS), 1, 12, "");
    boolean isLast = five.fields().get(2).equals("L");
    String day = isLast ? "~1" : "-" + text(set(five, 2, 1, 31, List.of()), 1, 31, "");
    BitSet weekdays = set(five, 4, 0, 7, WEEKDAYS);
    if (weekdays.get(0)) {
      weekdays.clear(0);
      weekdays.set(7);
    }
    String names = weekdays.cardinality() == 7 ? "" : names(weekdays) + " ";
    if (five.restrictsBothDays() && !five.both()) {
      return List.of(month + day + " " + time, names + month + "-* " + time);
    }
    return List.of(names + month + day + " " + time);
  }

  private static BitSet set(String field, int least, int most) throws NotSaid {
    return set(field, least, most, List.of(), false);
  }

  private static BitSet set(Five five, int index, int least, int most, List<String> names)
      throws NotSaid {
    return set(five.fields().get(index), least, most, names, index == 4);
  }

  /**
   * @param wraps whether a range may end before it begins, as {@code fri-sun} where sun is 0
   */
  private static BitSet set(String written, int least, int most, List<String> names, boolean wraps)
      throws NotSaid {
    BitSet set = new BitSet();
    String field = written.toLowerCase(Locale.ROOT);
    for (String part : field.equals("l") ? new String[] {"1"} : field.split(",", -1)) {
      Matcher of = PART.matcher(part);
      if (!of.matches()) {
        throw new NotSaid("\"" + part + "\" cannot be expressed there");
      }
      int first = of.group(1) != null ? least : number(of.group(2), names);
      int last =
          of.group(1) != null ? most : of.group(3) == null ? first : number(of.group(3), names);
      if (last < first && wraps) {
        last += 7;
      }
      int step = of.group(4) == null ? 1 : Integer.parseInt(of.group(4));
      for (int value = first; value <= Math.min(last, most); value += step) {
        set.set(value);
      }
    }
    return set;
  }

  private static int number(String text, List<String> names) throws NotSaid {
    int named = names.indexOf(text);
    if (named < 0 && !text.matches("\\d{1,4}")) {
      throw new NotSaid("\"" + text + "\" cannot be expressed there");
    }
    return named >= 0 ? named : Integer.parseInt(text);
  }

  private static String text(BitSet values, int least, int most, String end) {
    if (values.cardinality() == most - least + 1) {
      return "*" + end;
    }
    List<String> parts = new ArrayList<>();
    for (int first = values.nextSetBit(0); first >= 0; ) {
      int next = values.nextClearBit(first);
      parts.add(
          next - first > 2
              ? "%02d..%02d".formatted(first, next - 1)
              : next - first == 2
                  ? "%02d,%02d".formatted(first, first + 1)
                  : "%02d".formatted(first));
      first = values.nextSetBit(next);
    }
    return String.join(",", parts) + end;
  }

  private static String names(BitSet weekdays) {
    List<String> parts = new ArrayList<>();
    for (int first = weekdays.nextSetBit(1); first >= 0; ) {
      int next = weekdays.nextClearBit(first);
      parts.add(
          next - first > 2
              ? NAMES.get(first) + ".." + NAMES.get(next - 1)
              : next - first == 2
                  ? NAMES.get(first) + "," + NAMES.get(first + 1)
                  : NAMES.get(first));
      first = weekdays.nextSetBit(next);
    }
    return String.join(",", parts);
  }
}
