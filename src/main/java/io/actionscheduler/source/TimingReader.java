package io.actionscheduler.source;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.db.Micros;
import io.actionscheduler.schedule.InstantText;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.OddCharacters;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.text.CronReader;
import io.actionscheduler.text.DidYouMean;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads the columns of a timing: {@code cron}, {@code timezone} and what bounds or delays its
 * fires. Rows with equal values share one timing.
 */
final class TimingReader {
  private static final String START = "\"start_date\"";
  private static final int LONGEST_KEPT = 2_000;
  private static final long LONGEST_JITTER = 1_000_000_000;

  private final CronReader crons;
  private final ZoneId zone;
  private final Recent<Key, Outcome> timings = new Recent<>();
  private final Recent<String, Zone> zones = new Recent<>();

  /**
   * @param limits null where its columns are all NULL, which is usual
   */
  private record Key(String cron, Limits limits, ZoneId zone) {
    // What records have by themselves is made by the JDK at the first call, which delays the start.

    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && cron.equals(that.cron)
          && zone.equals(that.zone)
          && Objects.equals(limits, that.limits);
    }

    @Override
    public int hashCode() {
      return 31 * cron.hashCode() + zone.hashCode();
    }
  }

  /** The texts of their columns, each null for NULL. */
  private record Limits(String startDate, String endDate, String jitter) {}

  /** A timing, or what is wrong with the text; the other one is null. */
  private record Outcome(Timing timing, String fault) {}

  private record Zone(ZoneId id, String fault) {}

  TimingReader(CronReader crons, ZoneId zone) {
    this.crons = requireNonNull(crons, "crons is null");
    this.zone = requireNonNull(zone, "zone is null");
  }

  /**
   * The row's timing.
   *
   * @param last of the same action when it was read before, or null; given back when it is the same
   */
  Timing read(ActionRow row, Timing last) throws InvalidRow {
    String cron = row.raw(Column.CRON);
    if (cron == null) {
      throw InvalidRow.of(Column.CRON, null, "a schedule is required, such as */5 * * * *");
    }
    ZoneId zone = zone(row);
    Limits limits = limits(row);
    Key key = new Key(cron, limits, zone);
    Outcome outcome = timings.find(key);
    if (outcome == null) {
      if (last != null
          && limits == null
          && zone.equals(last.zone())
          && last.isInForce()
          && cron.strip().equals(last.written())) {
        return last;
      }
      outcome = cron.length() > LONGEST_KEPT ? parse(key) : timings.get(key, this::parse);
    }
    if (outcome.timing() != null && !outcome.timing().isInForce()) {
      outcome = parse(key); // the law of its zone changed meanwhile
      timings.replace(key, outcome);
    }
    if (outcome.fault() != null) {
      throw InvalidRow.of(Column.CRON, cron, withoutValue(cron.strip(), outcome.fault()));
    }
    return isAs(outcome.timing(), last) ? last : outcome.timing();
  }

  /**
   * The same interval with the phase in which {@code fire} is one of its times; any other timing,
   * and an interval whose row names its start, stays as it is. The start is the first such time
   * since 1970, so that every fire of the phase gives the same timing.
   *
   * @param last as for {@link #read}
   */
  Timing through(Instant fire, Timing timing, Timing last) {
    if (!timing.isInterval() || namesStart(timing.text())) {
      return timing;
    }
    Optional<Instant> second = timing.schedule().next(Instant.EPOCH);
    long phase = second.isEmpty() ? 0 : Math.floorMod(Micros.of(fire), Micros.of(second.get()));
    if (phase == 0) {
      return timing;
    }
    Timing through = withStart(timing, Micros.at(phase));
    return isAs(through, last) ? last : through;
  }

  private static boolean namesStart(String canonical) {
    return canonical.contains(START) && !canonical.contains(START + ":null");
  }

  private Timing withStart(Timing timing, Instant start) {
    try {
      String text = CronReader.with(timing.text(), Map.of("start_date", start.toString()));
      return crons.read(text, timing.zone()).as(timing.written());
    } catch (InvalidSchedule e) {
      throw new IllegalStateException("an interval with a start: " + timing.text(), e);
    }
  }

  private static boolean isAs(Timing timing, Timing last) {
    return timing.equals(last) && timing.written().equals(last.written());
  }

  /** {@code fault} without the value where it begins with it: the row's message names it before. */
  private static String withoutValue(String cron, String fault) {
    int value = fault.indexOf(" \"" + cron + "\": ");
    if (value < 0 || fault.lastIndexOf(' ', value - 1) >= 0) {
      return fault;
    }
    String readAs = fault.substring(0, value);
    String rest = fault.substring(value + cron.length() + 5);
    return readAs.equals(Column.CRON.sqlName()) ? rest : readAs + ": " + rest;
  }

  void settle() {
    timings.settle();
    zones.settle();
  }

  private ZoneId zone(ActionRow row) throws InvalidRow {
    String text = row.raw(Column.TIMEZONE);
    if (text == null || text.isBlank()) {
      return zone;
    }
    Zone found = text.length() > LONGEST_KEPT ? find(text) : zones.get(text, TimingReader::find);
    if (found.fault() != null) {
      throw InvalidRow.of(Column.TIMEZONE, text, found.fault());
    }
    return found.id();
  }

  private Limits limits(ActionRow row) throws InvalidRow {
    String start = row.raw(Column.START_DATE);
    String end = row.raw(Column.END_DATE);
    String jitter = row.raw(Column.JITTER);
    if (start == null && end == null && jitter == null) {
      return null;
    }
    requireInstant(row, Column.START_DATE);
    requireInstant(row, Column.END_DATE);
    long seconds = Values.number(row, Column.JITTER, 0);
    if (seconds < 0 || seconds > LONGEST_JITTER) {
      throw InvalidRow.of(
          Column.JITTER, jitter, "allowed are seconds from 0 to " + LONGEST_JITTER + " and NULL");
    }
    return new Limits(start, end, jitter);
  }

  private void requireInstant(ActionRow row, Column column) throws InvalidRow {
    Optional<String> text = Values.text(row, column);
    if (text.isPresent()) {
      try {
        InstantText.read(column.sqlName(), text.get(), zone);
      } catch (InvalidSchedule e) {
        throw InvalidRow.of(
            column,
            text.get(),
            e.getMessage().replaceFirst("^[^:]*\"" + Pattern.quote(text.get()) + "\": ", ""));
      }
    }
  }

  private static String cron(Key key) throws InvalidSchedule {
    if (key.limits() == null) {
      return key.cron();
    }
    Map<String, Object> params = new HashMap<>();
    put(params, Column.START_DATE, key.limits().startDate());
    put(params, Column.END_DATE, key.limits().endDate());
    if (key.limits().jitter() != null) {
      params.put(Column.JITTER.sqlName(), Values.whole(key.limits().jitter()).orElseThrow());
    }
    return CronReader.with(key.cron(), params);
  }

  private static void put(Map<String, Object> params, Column column, String text) {
    if (text != null && !text.isBlank()) {
      params.put(column.sqlName(), text.strip());
    }
  }

  private Outcome parse(Key key) {
    try {
      return new Outcome(crons.read(cron(key), key.zone()), null);
    } catch (InvalidSchedule e) {
      return new Outcome(null, e.getMessage());
    }
  }

  private static Zone find(String text) {
    try {
      return new Zone(ZoneId.of(text.strip()), null);
    } catch (DateTimeException e) {
      Optional<String> odd = OddCharacters.namedInOneWord(text.strip());
      if (odd.isPresent()) {
        return new Zone(null, odd.get());
      }
      String hint =
          text.length() > 50 ? "" : DidYouMean.hint(text.strip(), ZoneId.getAvailableZoneIds());
      return new Zone(null, "no known zone; allowed are names such as Europe/Berlin" + hint);
    }
  }
}
