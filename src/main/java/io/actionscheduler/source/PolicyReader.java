package io.actionscheduler.source;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.CalendarUse;
import io.actionscheduler.action.CodeType;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.action.Policy;
import io.actionscheduler.text.DidYouMean;
import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the columns of a policy; rows with equal values share one policy. */
final class PolicyReader {
  /** 3,000 years: longer actuality means that a fire never expires. */
  private static final long FOREVER = 100_000_000_000L;

  private final RowDefaults defaults;
  private Recent<Key, Outcome> policies = new Recent<>();
  private KnownNames.Names known; // that the policies were read with

  /** The raw values of all columns of a policy, each null for NULL. */
  private static final class Key {
    private static final Column[] COLUMNS = Column.OF_POLICY.toArray(Column[]::new);

    private final String[] values = new String[COLUMNS.length];

    Key(ActionRow row) {
      for (int i = 0; i < COLUMNS.length; i++) {
        values[i] = row.raw(COLUMNS[i]);
      }
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key that && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(values);
    }
  }

  /** A policy, or what is wrong with the values; the other one is null. */
  private record Outcome(Policy policy, InvalidRow fault) {}

  PolicyReader(RowDefaults defaults) {
    this.defaults = requireNonNull(defaults, "defaults is null");
    this.known = defaults.known().now();
  }

  /** The names that rows may have now. */
  KnownNames.Names known() {
    return defaults.known().now();
  }

  Policy read(ActionRow row) throws InvalidRow {
    if (known != known()) {
      known = known();
      policies = new Recent<>(); // what was refused may be allowed now, and the other way around
    }
    Outcome outcome = policies.get(new Key(row), key -> parse(row));
    if (outcome.fault() != null) {
      throw outcome.fault();
    }
    return outcome.policy();
  }

  void settle() {
    policies.settle();
  }

  private Outcome parse(ActionRow row) {
    try {
      boolean merge = Values.flag(row, Column.MERGE_MISSED, defaults.mergeMissed());
      long actuality = Values.number(row, Column.ACTUALITY_TIME, defaults.actualityTime());
      Policy policy =
          new Policy(
              Values.flag(row, Column.ENABLED, true),
              MissedPolicy.of(merge, actuality > FOREVER ? -1 : actuality),
              overlap(row),
              callbacks(row),
              RetryReader.read(row.raw(Column.RETRY)),
              calendars(row));
      return new Outcome(policy, null);
    } catch (InvalidRow e) {
      return new Outcome(null, e);
    }
  }

  private static Overlap overlap(ActionRow row) throws InvalidRow {
    Optional<String> text = Values.text(row, Column.OVERLAP);
    if (text.isEmpty()) {
      return Overlap.QUEUE;
    }
    List<String> names =
        Arrays.stream(Overlap.values()).map(each -> each.name().toLowerCase(Locale.ROOT)).toList();
    int at = names.indexOf(text.get().toLowerCase(Locale.ROOT));
    if (at < 0) {
      throw InvalidRow.of(
          Column.OVERLAP,
          text.get(),
          "allowed are "
              + String.join(", ", names)
              + " and NULL"
              + DidYouMean.hint(text.get(), names));
    }
    return Overlap.values()[at];
  }

  /** One name, several separated by commas, or a JSON list of names. */
  private List<String> callbacks(ActionRow row) throws InvalidRow {
    Optional<String> text = Values.text(row, Column.CALLBACK);
    if (text.isEmpty()) {
      return defaults.callbacks();
    }
    Set<String> names = new LinkedHashSet<>();
    for (Object name : list(text.get())) {
      String callback = name instanceof String given ? given.strip() : "";
      if (!known.callbacks().contains(callback)) {
        throw InvalidRow.of(
            Column.CALLBACK,
            text.get(),
            CodeType.isOne(callback)
                ? "runs code, which is not enabled; set execution.enabled: true"
                : unknown(callback));
      }
      names.add(callback);
    }
    return List.copyOf(names);
  }

  private String unknown(String callback) {
    String hint = DidYouMean.hint(callback, known.callbacks());
    return "no such callback; known are "
        + String.join(", ", new TreeSet<>(known.callbacks()))
        + (hint.isEmpty()
            ? "; one that was added to the settings is known after \"action-scheduler reload\""
            : hint);
  }

  /** One name, or several separated by commas, each with {@code only:} or {@code not:}. */
  private List<CalendarUse> calendars(ActionRow row) throws InvalidRow {
    Optional<String> text = Values.text(row, Column.CALENDAR);
    if (text.isEmpty()) {
      return List.of();
    }
    Set<CalendarUse> uses = new LinkedHashSet<>();
    for (String part : text.get().split(",", -1)) {
      String name = CalendarUse.name(part);
      if (!known.calendars().contains(name)) {
        throw InvalidRow.of(
            Column.CALENDAR,
            text.get(),
            known.calendars().isEmpty()
                ? "no such calendar; the settings have none, add it below calendars"
                : "no such calendar; known are "
                    + String.join(", ", new TreeSet<>(known.calendars()))
                    + DidYouMean.hint(name, known.calendars()));
      }
      uses.add(CalendarUse.read(part));
    }
    return List.copyOf(uses);
  }

  private static List<?> list(String text) throws InvalidRow {
    if (!text.startsWith("[")) {
      return List.of(text.split(",", -1));
    }
    try {
      return Json.parse(text) instanceof List<?> list && !list.isEmpty()
          ? new ArrayList<>(list)
          : List.of("");
    } catch (InvalidJson e) {
      throw InvalidRow.of(Column.CALLBACK, text, "not JSON: " + e.getMessage());
    }
  }
}
