package io.actionscheduler.app.view;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.SourceException;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.engine.HeldFires;
import io.actionscheduler.fire.BacklogHold;
import io.actionscheduler.fire.CheckedTimes;
import io.actionscheduler.fire.ContradictorySchedule;
import io.actionscheduler.fire.DecidedBacklog;
import io.actionscheduler.fire.HeldBacklog;
import io.actionscheduler.fire.MissedFires;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.text.IsoTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The missed fires that wait for an operator, and how many of them would be delivered, merged or
 * expired now by the rules of their rows.
 *
 * @param hold empty where nothing waits
 * @param rows one for each action and callback, those with most fires first
 */
public record BacklogList(Optional<BacklogHold> hold, List<Row> rows) {

  /** An action's fires at a callback. */
  public record Row(HeldFires fires, OutageForecast.Share share, Instant first) {
    public Row {
      requireNonNull(fires, "fires is null");
      requireNonNull(share, "share is null");
      requireNonNull(first, "first is null");
    }

    public ProgressKey key() {
      return new ProgressKey(fires.action().id(), fires.callback());
    }
  }

  public BacklogList {
    requireNonNull(hold, "hold is null");
    rows = List.copyOf(rows);
  }

  /**
   * The list that the engine of this process holds.
   *
   * @param catchUpMax the limit that the settings name
   */
  public static BacklogList of(
      Optional<BacklogHold> hold,
      Collection<HeldFires> held,
      Optional<Long> catchUpMax,
      Instant now) {
    MissedFires rule = new MissedFires(catchUpMax);
    List<Row> rows = new ArrayList<>();
    for (HeldFires fires : held) {
      row(fires, rule, now).ifPresent(rows::add);
    }
    rows.sort(Comparator.comparingLong((Row row) -> row.share().due()).reversed());
    return new BacklogList(hold, rows);
  }

  /** Empty where the schedule contradicts itself: such an action is rejected, the others go on. */
  private static Optional<Row> row(HeldFires fires, MissedFires rule, Instant now) {
    Action action = fires.action();
    try {
      Optional<Instant> first = CheckedTimes.next(action.timing(), fires.after());
      return OutageForecast.share(action, rule, fires.after(), fires.upTo(), now)
          .flatMap(share -> first.map(at -> new Row(fires, share, at)));
    } catch (ContradictorySchedule e) {
      return Optional.empty();
    }
  }

  /**
   * The list that follows from the store, for a process beside the scheduler.
   *
   * @param notices is told of each source that could not be read
   * @throws StoreException when the store cannot be read
   * @throws SourceException when the action table cannot be read
   */
  public static BacklogList read(Parts parts, Store store, Consumer<String> notices)
      throws StoreException, SourceException {
    Optional<BacklogHold> hold = store.hold();
    List<HeldFires> held = new ArrayList<>();
    if (hold.isPresent()) {
      Map<ProgressKey, List<DecidedBacklog>> decided =
          store.decisions().stream().collect(Collectors.groupingBy(DecidedBacklog::key));
      Map<ProgressKey, Progress> progress = new HashMap<>();
      store.readAll(one -> progress.put(one.key(), one));
      new ActionList(parts, notices)
          .each(
              view ->
                  view.action().stream()
                      .filter(action -> action.policy().enabled())
                      .flatMap(action -> held(action, progress, decided, hold.get().heldAt()))
                      .forEach(held::add));
    }
    return of(hold, held, parts.settings().catchUpMax(), parts.clock().instant());
  }

  private static Stream<HeldFires> held(
      Action action,
      Map<ProgressKey, Progress> progress,
      Map<ProgressKey, List<DecidedBacklog>> decided,
      Instant heldAt) {
    return action.policy().callbacks().stream()
        .map(callback -> progress.get(new ProgressKey(action.id(), callback)))
        .filter(kept -> kept != null && action.timing().isStoredAs(kept.cron(), kept.zone()))
        .flatMap(
            kept ->
                held(action, kept, decided.getOrDefault(kept.key(), List.of()), heldAt).stream());
  }

  private static Optional<HeldFires> held(
      Action action, Progress kept, List<DecidedBacklog> decided, Instant heldAt) {
    return HeldBacklog.found(action, kept.settledUntil(), decided, heldAt)
        .undecided(kept.settledUntil(), kept.open())
        .map(held -> new HeldFires(action, kept.key().callback(), held.after(), held.upTo()));
  }

  /** A row as a JSON object. */
  public static Map<String, Object> shown(Row row, ZoneId zone) {
    Map<String, Object> item = new LinkedHashMap<>();
    Action action = row.fires().action();
    item.put("name", action.name());
    item.put("callback", row.fires().callback());
    item.put("schedule_expr", action.timing().text());
    item.put("missed_fires", ChangePreview.words(action.policy().missed()));
    item.put("first", IsoTime.text(row.first(), zone));
    item.put("last", IsoTime.text(row.fires().upTo(), zone));
    item.put("due", row.share().due());
    item.put("delivered", row.share().delivered());
    item.put("merged", row.share().merged());
    item.put("expired", row.share().expired());
    return item;
  }
}
