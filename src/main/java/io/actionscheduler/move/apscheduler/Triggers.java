package io.actionscheduler.move.apscheduler;

import io.actionscheduler.move.Elsewhere;
import io.actionscheduler.move.apscheduler.Pickled.Dict;
import io.actionscheduler.move.apscheduler.Pickled.Items;
import io.actionscheduler.move.apscheduler.Pickled.Made;
import io.actionscheduler.move.apscheduler.TriggerState.NotHad;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The triggers of a job as schedules. */
final class Triggers {
  private static final Instant FOREVER = Instant.ofEpochSecond(Long.MAX_VALUE / 1_000_000);

  private Triggers() {}

  /** One schedule of a job; a job with an {@code OrTrigger} has several. */
  record Trigger(Map<String, Object> cron, ZoneId zone, Elsewhere there) {}

  /** All schedules that {@code trigger} stands for. */
  static List<Trigger> of(Pickled trigger) throws NotHad {
    if (!(trigger instanceof Made made)) {
      throw new NotHad("it has no trigger");
    }
    String name = made.name().replaceFirst("^apscheduler\\.triggers\\.[a-z.]+\\.", "");
    switch (name) {
      case "CronTrigger":
        return List.of(cron(made.state()));
      case "IntervalTrigger":
        return List.of(interval(made.state()));
      case "DateTrigger":
        return List.of(date(made.state()));
      case "OrTrigger":
        return any(made.state());
      case "AndTrigger":
        throw new NotHad("an AndTrigger fires where several triggers agree; write one schedule");
      default:
        throw new NotHad("a trigger " + made.name() + " has no counterpart");
    }
  }

  private static List<Trigger> any(Dict state) throws NotHad {
    if (!(state.get("triggers").orElse(null) instanceof Items items)) {
      throw new NotHad("its OrTrigger has no triggers");
    }
    List<Trigger> all = new ArrayList<>();
    List<Elsewhere> before = new ArrayList<>();
    for (Pickled item : items.values()) {
      Pickled one = withState(item);
      if (one instanceof Made made && made.name().endsWith("OrTrigger")) {
        throw new NotHad("an OrTrigger within an OrTrigger has no counterpart");
      }
      for (Trigger trigger : of(one)) {
        all.add(new Trigger(trigger.cron(), trigger.zone(), trigger.there().without(before)));
        before.add(trigger.there());
      }
    }
    return all;
  }

  /** Triggers within a trigger are stored as pairs of their class and their state. */
  private static Pickled withState(Pickled item) {
    if (item instanceof Items pair
        && pair.values().size() == 2
        && pair.values().get(0) instanceof Pickled.Text type) {
      Made made = new Made(new Pickled.Named(type.value().replace(':', '.')), List.of(), true);
      made.build(pair.values().get(1));
      return made;
    }
    return item;
  }

  private static Trigger cron(Dict state) throws NotHad {
    ZoneId zone = zone(state);
    CronFields fields = new CronFields(state);
    Map<String, Object> params = new LinkedHashMap<>(fields.texts());
    Instant start = Instant.EPOCH;
    Instant end = FOREVER;
    Optional<ZonedDateTime> first = time(state, "start_date", zone);
    if (first.isPresent()) {
      params.put("start_date", first.get().toOffsetDateTime().toString());
      start = first.get().toInstant();
    }
    Optional<ZonedDateTime> last = time(state, "end_date", zone);
    if (last.isPresent()) {
      params.put("end_date", last.get().toOffsetDateTime().toString());
      end = last.get().toInstant();
    }
    TriggerState.jitter(state).ifPresent(jitter -> params.put("jitter", jitter));
    Elsewhere there = new CronTimes(fields, zone).within(start, end);
    return new Trigger(Map.of("format", "apscheduler", "params", params), zone, there);
  }

  private static Trigger interval(Dict state) throws NotHad {
    ZoneId zone = zone(state);
    Duration every = TriggerState.span(state.get("interval").orElse(Pickled.Constant.NONE));
    ZonedDateTime start =
        time(state, "start_date", zone).orElseThrow(() -> new NotHad("its interval has no start"));
    if (every.isNegative() || every.isZero() || every.getNano() != 0) {
      throw new NotHad("its interval is not in whole seconds");
    }
    Map<String, Object> params = new LinkedHashMap<>();
    params.put("every", every.toSeconds() + "s");
    params.put("start_date", start.toOffsetDateTime().toString());
    Elsewhere there = Elsewhere.every(every.toSeconds(), start.toInstant());
    Optional<ZonedDateTime> end = time(state, "end_date", zone);
    if (end.isPresent()) {
      params.put("end_date", end.get().toOffsetDateTime().toString());
      there = there.upTo(end.get().toInstant());
    }
    TriggerState.jitter(state).ifPresent(jitter -> params.put("jitter", jitter));
    return new Trigger(Map.of("format", "interval", "params", params), zone, there);
  }

  private static Trigger date(Dict state) throws NotHad {
    ZonedDateTime at =
        time(state, "run_date", ZoneId.of("UTC"))
            .orElseThrow(() -> new NotHad("its date trigger has no date"));
    Map<String, Object> params = Map.of("run_date", at.toOffsetDateTime().toString());
    return new Trigger(
        Map.of("format", "date", "params", params), at.getZone(), Elsewhere.once(at.toInstant()));
  }

  private static ZoneId zone(Dict state) throws NotHad {
    return TriggerState.zone(state.get("timezone").orElse(Pickled.Constant.NONE));
  }

  private static Optional<ZonedDateTime> time(Dict state, String name, ZoneId zone) throws NotHad {
    Optional<Pickled> value = state.get(name);
    return value.isEmpty() ? Optional.empty() : Optional.of(TriggerState.time(value.get(), zone));
  }
}
