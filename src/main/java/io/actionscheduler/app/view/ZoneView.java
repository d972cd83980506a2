package io.actionscheduler.app.view;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.engine.intake.Replanned;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.text.IsoTime;
import io.actionscheduler.zone.LawDifference;
import io.actionscheduler.zone.ZoneData;
import io.actionscheduler.zone.ZoneSource;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The time zones that actions use: their laws, where these come from, and where sources of time
 * zone data differ.
 */
public final class ZoneView {
  private static final int NAMED = 5;
  private static final Duration A_YEAR = Duration.ofDays(366);

  private final ZoneData data;
  private final Map<String, List<Action>> actions = new TreeMap<>(); // by the name of their zone

  /**
   * One zone in use.
   *
   * @param source whose law it is; {@code none} for a fixed offset
   */
  public record InUse(
      String zone,
      ZoneOffset offset,
      String source,
      Optional<ZoneOffsetTransition> next,
      List<Action> actions) {}

  /** A zone for which a source has another law than the one in force. */
  public record Difference(
      String zone, ZoneSource source, LawDifference law, List<Action> actions) {}

  /** A coming change of a clock in use. */
  public record Change(String zone, ZoneOffsetTransition change, List<Action> actions) {}

  /**
   * @param otherwise the zone of schedules that name none
   */
  public ZoneView(ZoneData data, ZoneId otherwise) {
    this.data = requireNonNull(data, "data is null");
    actions.put(otherwise.getId(), new ArrayList<>());
  }

  /** Adds an action. */
  public void add(Action action) {
    actions.computeIfAbsent(action.timing().zone().getId(), zone -> new ArrayList<>()).add(action);
  }

  /** The zones in use, in the order of their names. */
  public List<InUse> inUse(Instant now) {
    List<InUse> all = new ArrayList<>();
    actions.forEach(
        (zone, its) -> {
          ZoneRules rules = ZoneId.of(zone).getRules();
          String source =
              data.zone(zone)
                  .filter(served -> !rules.isFixedOffset())
                  .map(served -> label(served.from()))
                  .orElse("none");
          all.add(
              new InUse(
                  zone,
                  rules.getOffset(now),
                  source,
                  Optional.ofNullable(rules.nextTransition(now)),
                  List.copyOf(its)));
        });
    return all;
  }

  /**
   * The differences of other sources from the laws in force, from {@code since} on; zones that
   * actions use come first.
   *
   * @param everywhere whether to include zones that no action uses, and sources of the same version
   */
  public List<Difference> differences(Instant since, boolean everywhere) {
    List<Difference> all = new ArrayList<>();
    TreeSet<String> zones = new TreeSet<>(everywhere ? data.ids() : actions.keySet());
    for (String zone : zones) {
      data.zone(zone)
          .ifPresent(
              served -> {
                for (ZoneSource source : data.sources()) {
                  boolean other = !source.version().equals(served.from().version());
                  if (source != served.from() && (everywhere || other)) {
                    data.rules(source, zone)
                        .flatMap(rules -> LawDifference.first(served.rules(), rules, since))
                        .ifPresent(
                            law ->
                                all.add(
                                    new Difference(
                                        zone, source, law, actions.getOrDefault(zone, List.of()))));
                  }
                }
              });
    }
    all.sort(Comparator.comparing(one -> !actions.containsKey(one.zone())));
    return all;
  }

  /** Every change of a clock in use between two moments, in the order of time. */
  public List<Change> changes(Instant from, Instant to) {
    List<Change> all = new ArrayList<>();
    actions.forEach(
        (zone, its) -> {
          ZoneRules rules = ZoneId.of(zone).getRules();
          ZoneOffsetTransition next = rules.nextTransition(from.minusNanos(1));
          while (next != null && next.getInstant().isBefore(to)) {
            all.add(new Change(zone, next, List.copyOf(its)));
            next = rules.nextTransition(next.getInstant());
          }
        });
    all.sort(Comparator.comparing(one -> one.change().getInstant()));
    return all;
  }

  /** Whether a source is newer than the data in force, which the settings chose all the same. */
  public boolean isOutdated() {
    return data.sources().stream().anyMatch(source -> source.isNewerThan(data.first()));
  }

  /**
   * One line: which data are in force, and where data of other versions differ for zones in use,
   * from a year before {@code now} on.
   */
  public String summary(Instant now) {
    StringBuilder text = new StringBuilder("time zone data " + origin(data.first()));
    for (ZoneSource source : data.sources()) {
      if (source.isNewerThan(data.first())) {
        text.append(", though ").append(origin(source)).append(" is newer");
      }
    }
    for (Difference one : differences(now.minus(A_YEAR), false)) {
      text.append("; ").append(label(one.source())).append(" has ").append(one.zone());
      text.append(" at ").append(one.law().other()).append(" instead of ");
      text.append(one.law().one()).append(" since ").append(one.law().since());
      text.append(one.actions().isEmpty() ? "" : ": " + named(one.actions()));
    }
    return text.toString();
  }

  /**
   * One line: how the laws of zones changed, and which actions are affected.
   *
   * @param changed by zone: the law before and the law now
   * @param actions with their schedules before and now
   */
  public static String changes(
      Map<String, LawDifference> changed, List<Replanned> actions, Instant now) {
    String laws =
        changed.entrySet().stream()
            .map(
                zone ->
                    zone.getKey()
                        + " is at "
                        + zone.getValue().other()
                        + " instead of "
                        + zone.getValue().one()
                        + " since "
                        + zone.getValue().since())
            .collect(Collectors.joining(", "));
    String planned =
        actions.stream()
            .limit(NAMED)
            .map(one -> one.action().label() + " " + next(one, now))
            .collect(Collectors.joining(", "));
    String more = actions.size() > NAMED ? " and " + (actions.size() - NAMED) + " more" : "";
    return laws + "; rescheduled: " + (planned.isEmpty() ? "no action" : planned + more);
  }

  private static String next(Replanned one, Instant now) {
    Optional<Instant> after = one.action().timing().schedule().next(now);
    Optional<Instant> before = one.before().schedule().next(now);
    return after.equals(before)
        ? "fires next as before"
        : "fires next at "
            + text(after, one.action().timing())
            + " instead of "
            + text(before, one.before());
  }

  /** A time as text, by the law that {@code timing} was read under. */
  private static String text(Optional<Instant> time, Timing timing) {
    return time.map(at -> IsoTime.text(at, timing.law().rules().getOffset(at))).orElse("no time");
  }

  /** A source as messages name it: {@code system 2026f}. */
  public static String label(ZoneSource source) {
    return source.name() + " " + source.version();
  }

  /** Where data come from: {@code 2026f from system (/usr/share/zoneinfo)}. */
  public static String origin(ZoneSource source) {
    return source.version() + " from " + source.name() + " (" + source.place() + ")";
  }

  /** The first few of these by their labels, and how many more there are. */
  public static String named(List<Action> actions) {
    String first =
        actions.stream().limit(NAMED).map(Action::label).collect(Collectors.joining(", "));
    return actions.size() > NAMED ? first + " and " + (actions.size() - NAMED) + " more" : first;
  }
}
