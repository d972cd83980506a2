package io.actionscheduler.move.dialect;

import io.actionscheduler.schedule.ClockChanges;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.ZoneText;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * robfig/cron, which Kubernetes uses: {@code *}{@code /2} as a day restricts it, weekday 7 is
 * refused, and {@code L}, {@code W} and {@code #} are not known. Where the clock changes it follows
 * the clock.
 */
final class RobfigReader implements Dialect.Reader {
  private static final Pattern ZONE = Pattern.compile("(?:CRON_)?TZ=(\\S+)\\s+(.*)");

  @Override
  public Reading read(String text, ZoneId zone) throws InvalidSchedule {
    Matcher named = ZONE.matcher(text);
    if (named.matches()) {
      return read(named.group(2), ZoneText.read("CRON_TZ", named.group(1)));
    }
    if (text.startsWith("@")) {
      return Reading.Fires.of(ClockChanges.FOLLOW.applyTo(Fields.crontab(text, zone)));
    }
    return Reading.Fires.of(ClockChanges.FOLLOW.applyTo(rewritten(text).schedule(zone)));
  }

  /** Rewrites five fields as a crontab with the same days and times. */
  static Fields rewritten(String text) throws InvalidSchedule {
    Fields fields = Fields.of(text, 5);
    for (String day : fields.days()) {
      if (day.matches("(?i).*([0-9a-z]#|[0-9]L|[0-9]W|\\bL\\b|\\b[a-z]{3}L).*|[+].*")) {
        throw new InvalidSchedule("\"" + day + "\": L, W, # and + are not known");
      }
    }
    if (fields.get(5).matches(".*7(?!\\d).*") && !fields.get(5).matches(".*/7.*")) {
      throw new InvalidSchedule("weekday 7 is above the maximum, 6");
    }
    if (fields.get(5).matches("(?i).*-sun.*") && !fields.get(5).matches("(?i).*(sun|0)-sun.*")) {
      throw new InvalidSchedule("a range ends before it begins: sun is 0");
    }
    Fields plain = fields.openSteps().restrictingSteps();
    for (int i = 1; i < 6; i++) {
      plain = plain.with(i, field -> isStar(field) ? "*" : field);
    }
    return plain;
  }

  private static boolean isStar(String field) {
    return field.matches("(.*,)?[*?](/1)?(,.*)?");
  }
}
