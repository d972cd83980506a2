package io.actionscheduler.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/**
 * The spans of a zone up to 2242 at hand, later ones from its rules: a look-up there costs ten
 * times as much. Tables are equal where the clocks of their zones agree from 1970 on, whatever
 * their names.
 */
final class ZoneTable {
  /** What the table holds ends here, in 2242; every zone goes by fixed rules long before. */
  static final long END = 1L << 33;

  /** A bucket is 97 days, so that it seldom holds more than one change of the clock. */
  private static final int BUCKET_BITS = 23;

  /** Beyond this year the rules are not asked: their arithmetic has an end, time here has none. */
  private static final long LAST_RULED = Instant.MAX.getEpochSecond() - 400L * 366 * 86_400;

  /** Seconds in 2020, at which zones are compared first. */
  private static final long SUMMER = 1_593_561_600;

  private static final long WINTER = 1_577_836_800;

  private final ZoneId zone;
  private final ZoneLaw law;
  private final ZoneRules rules;
  private final Span[] spans;
  private final long base;
  private final short[] buckets;

  ZoneTable(ZoneId zone) {
    this.zone = zone;
    this.law = ZoneLaw.of(zone);
    this.rules = law.rules();
    this.spans = spans(rules);
    this.base = spans[0].end();
    long last = spans[spans.length - 1].start();
    this.buckets = new short[spans.length == 1 ? 0 : (int) (last - base >> BUCKET_BITS) + 1];
    int index = 0;
    for (int bucket = 0; bucket < buckets.length; bucket++) {
      while (spans[index].end() <= base + ((long) bucket << BUCKET_BITS)) {
        index++;
      }
      buckets[bucket] = (short) index;
    }
  }

  /** Each change is asked for once: every start makes tables, while Java still interprets. */
  private static Span[] spans(ZoneRules rules) {
    List<Span> all = new ArrayList<>();
    Instant earliest = Instant.ofEpochSecond(-LAST_RULED);
    int offset = rules.getOffset(earliest).getTotalSeconds();
    int before = offset;
    long start = -Span.FAR;
    ZoneOffsetTransition change = rules.nextTransition(earliest);
    while (change != null && start < END) {
      all.add(new Span(start, change.toEpochSecond(), before, offset));
      start = change.toEpochSecond();
      before = change.getOffsetBefore().getTotalSeconds();
      offset = change.getOffsetAfter().getTotalSeconds();
      change = rules.nextTransition(change.getInstant());
    }
    if (change == null && start < END) {
      all.add(new Span(start, Span.FAR, before, offset));
    }
    return all.toArray(new Span[0]);
  }

  ZoneLaw law() {
    return law;
  }

  /** Whether the clock of this zone never changes. */
  boolean isFixed() {
    return rules.isFixedOffset();
  }

  /** The span that {@code second} lies in. */
  Span at(long second) {
    if (second < base) {
      return spans[0];
    }
    int bucket = (int) Math.min(second - base >> BUCKET_BITS, buckets.length - 1);
    int index = buckets[bucket];
    while (index < spans.length && second >= spans[index].end()) {
      index++;
    }
    return index < spans.length ? spans[index] : ruled(second);
  }

  private Span ruled(long second) {
    Instant at = Instant.ofEpochSecond(Math.max(-LAST_RULED, Math.min(second, LAST_RULED)));
    ZoneOffsetTransition last = rules.previousTransition(at.plusSeconds(1));
    ZoneOffsetTransition next = second > LAST_RULED ? null : rules.nextTransition(at);
    int offset = rules.getOffset(at).getTotalSeconds();
    return new Span(
        last == null ? -Span.FAR : last.toEpochSecond(),
        next == null ? Span.FAR : next.toEpochSecond(),
        last == null ? offset : last.getOffsetBefore().getTotalSeconds(),
        offset);
  }

  /** Whether this was made of the rules that the zone has now: data may change meanwhile. */
  boolean isCurrent() {
    return rules == zone.getRules();
  }

  /** Whether the clocks of both zones show the same from {@code second} on. */
  boolean agreesFrom(long second, ZoneTable other) {
    if (this == other) {
      return true;
    }
    int mine = index(second);
    int its = other.index(second);
    if (spans.length - mine != other.spans.length - its) {
      return false;
    }
    for (int i = 0; mine + i < spans.length; i++) {
      Span one = spans[mine + i];
      Span two = other.spans[its + i];
      if (one.offset() != two.offset() || i > 0 && one.start() != two.start()) {
        return false;
      }
    }
    return true;
  }

  private int index(long second) {
    int index = 0;
    while (spans[index].end() <= second) {
      index++;
    }
    return index;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ZoneTable that
        && (this == that || rules.equals(that.rules) || agreesFrom(0, that));
  }

  @Override
  public int hashCode() {
    return 31 * at(SUMMER).offset() + at(WINTER).offset();
  }
}
