package io.actionscheduler.app.check;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.app.parts.CronReaders;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.Schedule;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.source.Column;
import io.actionscheduler.text.CronReader;
import io.actionscheduler.text.FireTimes;
import io.actionscheduler.text.Quoted;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds rows that crontab(5) and the Python program read differently; for one thread. */
public final class DialectDifferences {
  private static final int SHOWN = 3;
  private static final int COMPARED = 10;
  private static final int SPANS = 64;
  private static final Duration SPAN = Duration.ofDays(30);
  private static final int KEPT = 10_000;

  private final CronReader crontab = CronReaders.of(UnixDialect.CRONTAB);
  private final CronReader python = CronReaders.of(UnixDialect.APSCHEDULER);
  private final ZoneId zone;
  private final Instant now;
  private final Map<String, Optional<String>> known = new HashMap<>();

  /** The result of one reading of a row: a timing, or the reason why there is none. */
  private record Reading(Optional<Timing> timing, String fault) {
    String shown(Instant now) {
      if (timing.isEmpty()) {
        return "refused (" + fault + ")";
      }
      List<String> times = FireTimes.next(timing.get(), now, SHOWN);
      return times.isEmpty() ? "never" : String.join(", ", times);
    }
  }

  /**
   * @param zone of rows that name none
   */
  public DialectDifferences(ZoneId zone, Instant now) {
    this.zone = requireNonNull(zone, "zone is null");
    this.now = requireNonNull(now, "now is null");
  }

  /** The next three times of both readings, or empty where both are the same. */
  public Optional<String> of(ActionRow row) {
    String cron = row.get(Column.CRON).orElse("");
    ZoneId of = row.get(Column.TIMEZONE).map(this::zone).orElse(zone);
    if (known.size() >= KEPT) {
      known.clear(); // a million distinct schedules are not worth caching
    }
    return known.computeIfAbsent(of + " " + cron, any -> difference(cron, of));
  }

  private Optional<String> difference(String cron, ZoneId of) {
    Reading ours = read(crontab, cron, of);
    Reading theirs = read(python, cron, of);
    if (ours.timing().isEmpty() && theirs.timing().isEmpty() || isSame(ours, theirs)) {
      return Optional.empty();
    }
    return Optional.of(
        "cron "
            + Quoted.quote(cron)
            + ": crontab: "
            + ours.shown(now)
            + "; as in the Python program: "
            + theirs.shown(now)
            + "; schedules.unix_dialect chooses");
  }

  private boolean isSame(Reading a, Reading b) {
    if (a.timing().isEmpty() || b.timing().isEmpty()) {
      return false;
    }
    Schedule one = a.timing().get().schedule();
    Schedule other = b.timing().get().schedule();
    return one.equals(other) || haveSameTimes(one, other);
  }

  /** The first times one by one, then how many there are in each month of five years. */
  private boolean haveSameTimes(Schedule one, Schedule other) {
    Optional<Instant> at = Optional.of(now);
    for (int i = 0; i < COMPARED && at.isPresent(); i++) {
      Optional<Instant> next = one.next(at.get());
      if (!next.equals(other.next(at.get()))) {
        return false;
      }
      at = next;
    }
    Instant from = now;
    for (int i = 0; i < SPANS; i++) {
      Instant to = from.plus(SPAN);
      if (one.count(from, to) != other.count(from, to)) {
        return false;
      }
      from = to;
    }
    return true;
  }

  private static Reading read(CronReader reader, String cron, ZoneId zone) {
    try {
      return new Reading(Optional.of(reader.read(cron, zone)), "");
    } catch (InvalidSchedule e) {
      return new Reading(Optional.empty(), e.getMessage());
    }
  }

  private ZoneId zone(String id) {
    try {
      return ZoneId.of(id.strip());
    } catch (DateTimeException e) {
      return zone; // reported as the fault of the row
    }
  }
}
