package io.actionscheduler.move.apscheduler;

import io.actionscheduler.move.apscheduler.Pickled.Bytes;
import io.actionscheduler.move.apscheduler.Pickled.Constant;
import io.actionscheduler.move.apscheduler.Pickled.Dict;
import io.actionscheduler.move.apscheduler.Pickled.Fraction;
import io.actionscheduler.move.apscheduler.Pickled.Items;
import io.actionscheduler.move.apscheduler.Pickled.Made;
import io.actionscheduler.move.apscheduler.Pickled.Named;
import io.actionscheduler.move.apscheduler.Pickled.Text;
import io.actionscheduler.move.apscheduler.Pickled.Whole;
import io.actionscheduler.move.apscheduler.TriggerState.NotHad;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Converts arguments of a job to JSON, and finds calls that loading a pickle would make. */
final class PlainValues {
  private static final int MOST = 10_000;
  private static final int DEEPEST = 50;

  /** Calls that make plain values; every other call is code of somebody. */
  private static final Set<String> HARMLESS =
      Set.of(
          "_codecs.encode",
          "builtins.bytearray",
          "builtins.complex",
          "builtins.frozenset",
          "builtins.set",
          "collections.OrderedDict",
          "copyreg._reconstructor",
          "datetime.date",
          "datetime.datetime",
          "datetime.time",
          "datetime.timedelta",
          "datetime.timezone",
          "dateutil.tz.tz.tzfile",
          "dateutil.tz.tz.tzlocal",
          "dateutil.tz.tz.tzutc",
          "decimal.Decimal",
          "pytz._UTC",
          "pytz._p",
          "uuid.UUID",
          "zoneinfo.ZoneInfo",
          "zoneinfo.ZoneInfo._unpickle");

  private int left = MOST;

  private PlainValues() {}

  /** Finds a call that no job needs, such as {@code posix.system}. */
  static Optional<String> code(Pickled root) {
    Set<Pickled> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Pickled> todo = new ArrayDeque<>(List.of(root));
    while (!todo.isEmpty()) {
      Pickled value = todo.pop();
      if (value instanceof Constant || !seen.add(value)) {
        continue;
      }
      if (value instanceof Items items) {
        todo.addAll(items.values());
      } else if (value instanceof Dict dict) {
        todo.addAll(dict.values().values());
      } else if (value instanceof Made made) {
        boolean isZone =
            made.name().equals("builtins.getattr")
                && made.arguments().size() == 2
                && made.arguments().get(0) instanceof Named of
                && of.name().equals("zoneinfo.ZoneInfo");
        if (!made.isNew() && !isZone && !HARMLESS.contains(made.name())) {
          return Optional.of(made.name());
        }
        todo.addAll(made.arguments());
        todo.add(made.state());
      }
    }
    return Optional.empty();
  }

  /** {@code value} as a value of JSON; times become text. */
  static Object of(Pickled value) throws NotHad {
    return new PlainValues().plain(value, 0);
  }

  private Object plain(Pickled value, int depth) throws NotHad {
    if (--left < 0 || depth > DEEPEST) {
      throw new NotHad("its arguments are too large, or contain themselves");
    }
    if (value instanceof Constant constant) {
      return constant == Constant.NONE ? null : (Object) (constant == Constant.TRUE);
    }
    if (value instanceof Whole whole) {
      return whole.value().bitLength() < Long.SIZE
          ? (Object) whole.value().longValue()
          : whole.value();
    }
    if (value instanceof Fraction fraction && Double.isFinite(fraction.value())) {
      return fraction.value();
    }
    if (value instanceof Text text) {
      return text.value();
    }
    if (value instanceof Items items) {
      List<Object> all = new ArrayList<>();
      for (Pickled item : items.values()) {
        all.add(plain(item, depth + 1));
      }
      return all;
    }
    if (value instanceof Dict dict) {
      Map<String, Object> all = new LinkedHashMap<>();
      for (Map.Entry<String, Pickled> entry : dict.values().entrySet()) {
        all.put(entry.getKey(), plain(entry.getValue(), depth + 1));
      }
      return all;
    }
    if (value instanceof Made made && made.name().equals("datetime.datetime")) {
      boolean isLocal = made.arguments().size() == 1;
      String text = TriggerState.time(made, ZoneOffset.UTC).toOffsetDateTime().toString();
      return isLocal ? text.replaceFirst("Z$", "") : text;
    }
    String what =
        value instanceof Bytes || value instanceof Made call && call.name().equals("_codecs.encode")
            ? "bytes"
            : value instanceof Named named
                ? "the name " + named.name()
                : value instanceof Made made ? "a " + made.name() : "infinity or NaN";
    throw new NotHad("its arguments hold " + what + ", which is not a value of JSON");
  }
}
