package io.actionscheduler.zone;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads compiled time zones, RFC 9636, versions 1 to 4: fat files, which list changes up to 2037,
 * and slim ones, which leave the later ones to the rule at their end.
 */
final class Tzif {
  private static final int MAGIC = 0x545a6966; // TZif
  private static final int HEADER = 44;

  /** Some files begin with a change at the Big Bang; java.time has no such year. */
  private static final long EARLIEST = -(1L << 40);

  private static final long LATEST = 1L << 40;

  /** What a block counts, in the order of the header. */
  private record Counts(int utc, int standard, int leaps, int times, int types, int characters) {
    static Counts read(ByteBuffer in) throws ZoneFault {
      int[] counts = new int[6];
      for (int i = 0; i < counts.length; i++) {
        counts[i] = in.getInt();
        check(counts[i] >= 0, "it counts less than nothing");
      }
      return new Counts(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]);
    }

    long size(int timeSize) {
      return (long) times * timeSize
          + times
          + 6L * types
          + characters
          + (long) leaps * (timeSize + 4)
          + standard
          + utc;
    }
  }

  private record Type(ZoneOffset offset, boolean daylight) {}

  private final ByteBuffer in;

  private Tzif(byte[] file) {
    this.in = ByteBuffer.wrap(file);
  }

  /** The rules that {@code file} holds. */
  static ZoneRules read(byte[] file) throws ZoneFault {
    try {
      return new Tzif(file).read();
    } catch (BufferUnderflowException e) {
      throw new ZoneFault("is cut off", e);
    } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
      throw new ZoneFault("is damaged: " + e.getMessage(), e);
    }
  }

  private ZoneRules read() throws ZoneFault {
    int version = header();
    Counts counts = Counts.read(in);
    if (version == 1) {
      return rules(counts, 4, Optional.empty());
    }
    check(counts.size(4) <= in.remaining(), "its first block is larger than the file");
    in.position(in.position() + (int) counts.size(4));
    check(header() == version, "its two headers differ");
    Counts wide = Counts.read(in);
    check(wide.size(8) <= in.remaining(), "its second block is larger than the file");
    return rules(wide, 8, footer(in.position() + (int) wide.size(8)));
  }

  private int header() throws ZoneFault {
    check(in.remaining() >= HEADER && in.getInt() == MAGIC, "it is no TZif file");
    byte version = in.get();
    in.position(in.position() + 15);
    check(version == 0 || version >= '2', "its version is " + version);
    return version == 0 ? 1 : version - '0';
  }

  private Optional<PosixRule> footer(int at) throws ZoneFault {
    byte[] rest = new byte[in.limit() - at];
    in.duplicate().position(at).get(rest);
    String text = new String(rest, StandardCharsets.US_ASCII);
    int end = text.indexOf('\n', 1);
    check(text.startsWith("\n") && end > 0, "the rule at its end is cut off");
    String rule = text.substring(1, end);
    if (rule.isEmpty()) {
      return Optional.empty(); // nothing is said of the time after the last change
    }
    Optional<PosixRule> read = PosixText.read(rule);
    check(read.isPresent(), "the rule at its end is not understood: " + rule);
    return read;
  }

  private ZoneRules rules(Counts counts, int timeSize, Optional<PosixRule> footer)
      throws ZoneFault {
    check(counts.size(timeSize) <= in.remaining(), "its block is larger than the file");
    check(counts.types() > 0, "it has no offset");
    check(counts.leaps() == 0, "it counts leap seconds, which no clock here does");
    long[] times = new long[counts.times()];
    for (int i = 0; i < times.length; i++) {
      times[i] = timeSize == 4 ? in.getInt() : in.getLong();
      check(i == 0 || times[i] > times[i - 1], "its changes are not in order");
    }
    int[] kinds = new int[counts.times()];
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = Byte.toUnsignedInt(in.get());
      check(kinds[i] < counts.types(), "a change is to an offset that it lacks");
    }
    Type[] types = new Type[counts.types()];
    for (int i = 0; i < types.length; i++) {
      types[i] = new Type(ZoneOffset.ofTotalSeconds(in.getInt()), in.get() != 0);
      in.get(); // its abbreviation
    }
    return rules(times, kinds, types, footer);
  }

  private static ZoneRules rules(
      long[] times, int[] kinds, Type[] types, Optional<PosixRule> footer) {
    TreeMap<Long, ZoneOffset> wall = new TreeMap<>();
    TreeMap<Long, ZoneOffset> standard = new TreeMap<>();
    Type first = types[0];
    for (int i = 0; i < times.length; i++) {
      if (times[i] < EARLIEST) {
        first = types[kinds[i]];
      } else if (times[i] < LATEST) {
        wall.put(times[i], types[kinds[i]].offset());
        standard.put(times[i], standard(i, kinds, types));
      }
    }
    List<ZoneOffsetTransitionRule> yearly = List.of();
    if (footer.isPresent()) {
      yearly = continued(footer.get(), first, wall, standard);
    }
    return ZoneRules.of(
        first.offset(),
        first.offset(),
        PosixRule.transitions(first.offset(), standard),
        PosixRule.transitions(first.offset(), wall),
        yearly);
  }

  /** Adds what {@code footer} says of the time after the last change. */
  private static List<ZoneOffsetTransitionRule> continued(
      PosixRule footer,
      Type first,
      TreeMap<Long, ZoneOffset> wall,
      TreeMap<Long, ZoneOffset> standard) {
    Optional<ZoneOffset> fixed = footer.fixed();
    if (fixed.isPresent()) {
      if (wall.isEmpty() && !first.offset().equals(fixed.get())) {
        wall.put(EARLIEST, fixed.get());
        standard.put(EARLIEST, fixed.get());
      }
      return List.of();
    }
    long last = wall.isEmpty() ? EARLIEST : wall.lastKey();
    if (!wall.isEmpty()) {
      standard.put(last, footer.standard());
    }
    int year =
        wall.isEmpty() ? 1900 : Instant.ofEpochSecond(last).atOffset(ZoneOffset.UTC).getYear();
    Optional<List<ZoneOffsetTransitionRule>> yearly = footer.yearly();
    // java.time applies rules only behind a listed change, and by whole years.
    TreeMap<Long, ZoneOffset> more =
        yearly.isPresent() ? footer.changes(year, year + 1) : footer.listed(year);
    wall.putAll(more.tailMap(last, false));
    return yearly.orElse(List.of());
  }

  /**
   * The offset that counts as standard from change {@code i} on: the lower one of the two between
   * which the clock goes to and fro. Files tell total offsets alone.
   */
  private static ZoneOffset standard(int i, int[] kinds, Type[] types) {
    Type type = types[kinds[i]];
    ZoneOffset lowest = type.offset();
    for (int beside = i - 1; beside <= i + 1; beside += 2) {
      if (beside >= 0 && beside < kinds.length) {
        Type other = types[kinds[beside]];
        if (other.daylight() != type.daylight()
            && other.offset().getTotalSeconds() < lowest.getTotalSeconds()) {
          lowest = other.offset();
        }
      }
    }
    return lowest;
  }

  private static void check(boolean holds, String fault) throws ZoneFault {
    if (!holds) {
      throw new ZoneFault("is damaged: " + fault);
    }
  }
}
