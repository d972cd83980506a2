package io.actionscheduler.zone;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * Where two laws of one zone part.
 *
 * @param since the first moment at which the clocks show different times
 * @param one the offset then by the first law
 * @param other the offset then by the other
 */
public record LawDifference(Instant since, ZoneOffset one, ZoneOffset other) {
  /** Before that, the sources differ by what they have merged, not by law. */
  public static final Instant FROM = Instant.EPOCH;

  /** Beyond that, nobody knows. */
  public static final Instant UNTIL = Instant.ofEpochSecond(4_102_444_800L); // in 2100

  public LawDifference {
    requireNonNull(since, "since is null");
    requireNonNull(one, "one is null");
    requireNonNull(other, "other is null");
  }

  /** The first one from {@code from} on and before {@link #UNTIL}, or empty for none. */
  public static Optional<LawDifference> first(ZoneRules one, ZoneRules other, Instant from) {
    if (one.equals(other)) {
      return Optional.empty();
    }
    Instant at = from;
    while (at.isBefore(UNTIL)) {
      ZoneOffset first = one.getOffset(at);
      ZoneOffset second = other.getOffset(at);
      if (!first.equals(second)) {
        return Optional.of(new LawDifference(at, first, second));
      }
      at = earlier(next(one, at), next(other, at));
    }
    return Optional.empty();
  }

  private static Instant next(ZoneRules rules, Instant at) {
    ZoneOffsetTransition next = rules.nextTransition(at);
    return next == null ? UNTIL : next.getInstant();
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }
}
