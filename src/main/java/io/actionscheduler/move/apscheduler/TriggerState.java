package io.actionscheduler.move.apscheduler;

import io.actionscheduler.move.apscheduler.Pickled.Bytes;
import io.actionscheduler.move.apscheduler.Pickled.Dict;
import io.actionscheduler.move.apscheduler.Pickled.Fraction;
import io.actionscheduler.move.apscheduler.Pickled.Made;
import io.actionscheduler.move.apscheduler.Pickled.Named;
import io.actionscheduler.move.apscheduler.Pickled.Text;
import io.actionscheduler.move.apscheduler.Pickled.Whole;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;

/** Reads times, spans and zones of Python in pickles. */
final class TriggerState {
  private static final int DATETIME = 10; // the bytes of a datetime.datetime
  private static final int FOLD = 0x80;

  private TriggerState() {}

  /** Why a job does not become an action. */
  static final class NotHad extends Exception {
    NotHad(String reason) {
      super(reason);
    }
  }

  /** The zone of a {@code tzinfo}. */
  static ZoneId zone(Pickled value) throws NotHad {
    if (value instanceof Made made) {
      List<Pickled> arguments = made.arguments();
      String name =
          !arguments.isEmpty() && arguments.get(0) instanceof Text text ? text.value() : "";
      try {
        switch (made.name()) {
          case "zoneinfo.ZoneInfo._unpickle", "zoneinfo.ZoneInfo", "pytz._p":
            return ZoneId.of(name);
          case "pytz._UTC":
            return ZoneId.of("UTC");
          case "datetime.timezone":
            Duration offset = span(arguments.get(0));
            return offset.isZero()
                ? ZoneId.of("UTC")
                : ZoneOffset.ofTotalSeconds((int) offset.toSeconds());
          case "dateutil.tz.tz.tzutc":
            return ZoneId.of("UTC");
          default:
            break;
        }
      } catch (DateTimeException | IndexOutOfBoundsException e) {
        throw new NotHad("its time zone \"" + name + "\" is unknown");
      }
      throw new NotHad("its time zone is of " + made.name() + ", which is not read");
    }
    if (value instanceof Named named && named.name().equals("datetime.timezone.utc")) {
      return ZoneId.of("UTC");
    }
    throw new NotHad("its time zone is missing");
  }

  /** A {@code datetime}; one without a zone is in {@code otherwise}. */
  static ZonedDateTime time(Pickled value, ZoneId otherwise) throws NotHad {
    if (!(value instanceof Made made)
        || !made.name().equals("datetime.datetime")
        || made.arguments().isEmpty()) {
      throw new NotHad("a time of its trigger is not a datetime");
    }
    byte[] bytes = bytes(made.arguments().get(0));
    if (bytes.length != DATETIME) {
      throw new NotHad("a time of its trigger is not a datetime");
    }
    ZoneId zone = made.arguments().size() > 1 ? zone(made.arguments().get(1)) : otherwise;
    try {
      LocalDateTime local =
          LocalDateTime.of(
              (bytes[0] & 0xff) * 256 + (bytes[1] & 0xff),
              bytes[2] & ~FOLD & 0xff,
              bytes[3],
              bytes[4],
              bytes[5],
              bytes[6]);
      long micros = (bytes[7] & 0xff) << 16 | (bytes[8] & 0xff) << 8 | bytes[9] & 0xff;
      ZonedDateTime at = local.plusNanos(micros * 1_000).atZone(zone);
      return (bytes[2] & FOLD) == 0 ? at : at.withLaterOffsetAtOverlap();
    } catch (DateTimeException e) {
      throw new NotHad("a time of its trigger is not a datetime: " + e.getMessage());
    }
  }

  /** Bytes, also as protocol 2 writes them. */
  static byte[] bytes(Pickled value) {
    if (value instanceof Bytes bytes) {
      return bytes.value();
    }
    if (value instanceof Made made
        && made.name().equals("_codecs.encode")
        && !made.arguments().isEmpty()
        && made.arguments().get(0) instanceof Text text) {
      return text.value().getBytes(StandardCharsets.ISO_8859_1);
    }
    return value instanceof Text text
        ? text.value().getBytes(StandardCharsets.ISO_8859_1)
        : new byte[0];
  }

  /** A {@code timedelta}. */
  static Duration span(Pickled value) throws NotHad {
    if (value instanceof Made made
        && made.name().equals("datetime.timedelta")
        && made.arguments().size() == 3) {
      return Duration.ofDays(number(made.arguments().get(0)))
          .plusSeconds(number(made.arguments().get(1)))
          .plusNanos(number(made.arguments().get(2)) * 1_000);
    }
    throw new NotHad("a span of its trigger is not a timedelta");
  }

  static long number(Pickled value) throws NotHad {
    if (value instanceof Whole whole && whole.value().bitLength() < Long.SIZE) {
      return whole.value().longValue();
    }
    throw new NotHad("a number of its trigger is missing");
  }

  /** A jitter in seconds. */
  static Optional<Object> jitter(Dict state) throws NotHad {
    Optional<Pickled> value = state.get("jitter");
    if (value.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        value.get() instanceof Fraction fraction
            ? (Object) fraction.value()
            : (Object) number(value.get()));
  }
}
