package io.actionscheduler.app.view;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.fire.ComingFires;
import io.actionscheduler.fire.ComingFires.Coming;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressStore;
import io.actionscheduler.fire.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Actions whose progress is ahead of the clock, for instance after the clock was set back: they do
 * not fire before the clock has passed their progress.
 */
public final class AheadOfClock {
  private final Map<ActionId, Instant> until;

  private AheadOfClock(Map<ActionId, Instant> until) {
    this.until = until;
  }

  /**
   * Reads them from the store.
   *
   * @param notices receives one line if the store cannot be read; there are none then
   */
  public static AheadOfClock of(Parts parts, Consumer<String> notices) {
    requireNonNull(notices, "notices is null");
    try {
      return new AheadOfClock(read(parts.store(), parts.clock().instant()));
    } catch (StoreException e) {
      notices.accept(e.getMessage() + "; the next times are those of the schedules alone");
      return new AheadOfClock(Map.of());
    }
  }

  /**
   * As a running scheduler knows it.
   *
   * @param settled up to when each of some actions is settled at all of its callbacks
   */
  public static AheadOfClock of(Map<ActionId, Instant> settled, Instant now) {
    Map<ActionId, Instant> until = new HashMap<>(settled);
    until.values().removeIf(at -> !at.isAfter(now));
    return new AheadOfClock(until);
  }

  private static Map<ActionId, Instant> read(ProgressStore store, Instant now)
      throws StoreException {
    Set<ActionId> ahead = new HashSet<>();
    store.readAll(
        progress -> {
          if (progress.settledUntil().isAfter(now)) {
            ahead.add(progress.key().action());
          }
        });
    Map<ActionId, Instant> until = new HashMap<>();
    for (ActionId id : ahead) { // with several callbacks, the one that fires first counts
      store.progressOf(id).stream()
          .map(Progress::settledUntil)
          .min(Comparator.naturalOrder())
          .filter(settled -> settled.isAfter(now))
          .ifPresent(settled -> until.put(id, settled));
    }
    return until;
  }

  /** The moment after which {@code id} fires next; {@code from} or later. */
  public Instant from(ActionId id, Instant from) {
    Instant settled = until.get(id);
    return settled == null || settled.isBefore(from) ? from : settled;
  }

  /** The first {@code count} fires of {@code actions} after {@code after}: {@link ComingFires}. */
  public List<Coming> coming(Collection<Action> actions, Instant after, int count) {
    if (until.isEmpty()) {
      return ComingFires.of(actions, after, count);
    }
    Map<Instant, List<Action>> byStart = new HashMap<>();
    for (Action action : actions) {
      byStart.computeIfAbsent(from(action.id(), after), any -> new ArrayList<>()).add(action);
    }
    List<Coming> coming = new ArrayList<>();
    byStart.forEach((from, some) -> coming.addAll(ComingFires.of(some, from, count)));
    coming.sort(Comparator.comparing(Coming::scheduledAt).thenComparing(one -> one.action().id()));
    return List.copyOf(coming.subList(0, Math.min(count, coming.size())));
  }
}
