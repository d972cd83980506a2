package io.actionscheduler.schedule;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A second opinion on when a cron schedule fires, written from the rules alone: it looks at one
 * second (or minute) after the other and asks whether it fires. It shares no code with the program.
 */
public final class NaiveEvaluator {
  private final NaiveFields fields;
  private final ZoneId zone;
  private final ZoneRules rules;
  private final Instant start;
  private final Instant end;

  private NaiveEvaluator(NaiveFields fields, ZoneId zone, Instant start, Instant end) {
    this.fields = fields;
    this.zone = zone;
    this.rules = zone.getRules();
    this.start = start;
    this.end = end;
  }

  /** Crontab text of five to seven fields, no nickname. */
  public static NaiveEvaluator unix(String text, ZoneId zone) {
    return new NaiveEvaluator(NaiveFields.unix(text), zone, Instant.MIN, Instant.MAX);
  }

  /** The parameters of the extended format; {@code timezone} among them is not looked at. */
  public static NaiveEvaluator extended(Map<String, ?> params, ZoneId zone) {
    Object start = params.get("start_date");
    Object end = params.get("end_date");
    return new NaiveEvaluator(
        NaiveFields.extended(params),
        zone,
        start == null ? Instant.MIN : instant(start.toString(), zone),
        end == null ? Instant.MAX : instant(end.toString(), zone));
  }

  /** A JSON form of {@code unix} or {@code apscheduler}, or plain crontab text. */
  public static NaiveEvaluator of(Object cron, ZoneId otherwise) {
    if (cron instanceof String text) {
      return unix(text, otherwise);
    }
    Map<?, ?> form = (Map<?, ?>) cron;
    @SuppressWarnings("unchecked")
    Map<String, ?> params = (Map<String, ?>) form.get("params");
    ZoneId zone =
        params.containsKey("timezone") ? ZoneId.of(params.get("timezone").toString()) : otherwise;
    return form.get("format").equals("unix")
        ? unix(params.get("value").toString(), zone)
        : extended(params, zone);
  }

  public ZoneId zone() {
    return zone;
  }

  /** Whether it fires on whole minutes of the clock alone, or where a gap ends. */
  public boolean onTheMinute() {
    return fields.onTheMinute();
  }

  /** Every fire in ({@code after}, {@code upTo}], in order. */
  public List<Instant> between(Instant after, Instant upTo) {
    List<Instant> fires = new ArrayList<>();
    Instant at = Instant.ofEpochSecond(after.getEpochSecond() + 1);
    while (!at.isAfter(upTo)) {
      if (firesAt(at)) {
        fires.add(at);
      }
      at = following(at);
    }
    return fires;
  }

  /** The first fire in ({@code after}, {@code upTo}]. */
  public Optional<Instant> next(Instant after, Instant upTo) {
    Instant at = Instant.ofEpochSecond(after.getEpochSecond() + 1);
    while (!at.isAfter(upTo) && !firesAt(at)) {
      at = following(at);
    }
    return at.isAfter(upTo) ? Optional.empty() : Optional.of(at);
  }

  /** Whether there is a fire at {@code second}, which is whole. */
  public boolean firesAt(Instant second) {
    if (second.isBefore(start) || second.isAfter(end)) {
      return false;
    }
    ZoneOffset offset = rules.getOffset(second);
    LocalDateTime local = LocalDateTime.ofEpochSecond(second.getEpochSecond(), 0, offset);
    if (fields.followTheClock()) {
      return fields.match(local);
    }
    ZoneOffset before = rules.getOffset(second.minusSeconds(1));
    if (offset.getTotalSeconds() > before.getTotalSeconds()) { // the end of a gap
      LocalDateTime gap = LocalDateTime.ofEpochSecond(second.getEpochSecond(), 0, before);
      return fields.match(local) || anyMatches(gap, local);
    }
    return fields.match(local) && rules.getValidOffsets(local).get(0).equals(offset);
  }

  private boolean anyMatches(LocalDateTime from, LocalDateTime end) {
    for (LocalDateTime local = from; local.isBefore(end); local = local.plusSeconds(1)) {
      if (fields.match(local)) {
        return true;
      }
    }
    return false;
  }

  /** The second behind {@code at} or, where only whole minutes can fire, the minute or change. */
  private Instant following(Instant at) {
    if (!fields.onTheMinute()) {
      return at.plusSeconds(1);
    }
    int second = Math.floorMod(at.getEpochSecond() + rules.getOffset(at).getTotalSeconds(), 60);
    Instant minute = at.plusSeconds(60 - second);
    ZoneOffsetTransition change = rules.nextTransition(at);
    return change == null || change.getInstant().isAfter(minute) ? minute : change.getInstant();
  }

  private static Instant instant(String text, ZoneId zone) {
    String iso = text.replace(' ', 'T');
    if (iso.endsWith("Z") || iso.length() > 19) {
      return java.time.OffsetDateTime.parse(iso).toInstant();
    }
    LocalDateTime local = LocalDateTime.parse(iso.length() == 10 ? iso + "T00:00:00" : iso);
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    return offsets.isEmpty()
        ? zone.getRules().getTransition(local).getInstant()
        : local.toInstant(offsets.get(0));
  }
}
