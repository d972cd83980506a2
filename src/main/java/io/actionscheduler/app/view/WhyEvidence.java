package io.actionscheduler.app.view;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.Change;
import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.fire.HistoryStore.Filter;
import io.actionscheduler.fire.PastOutage;
import io.actionscheduler.fire.Run.Status;
import io.actionscheduler.fire.Session;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The runs, changes and outages that explain the outcome of one action's scheduled time. */
final class WhyEvidence {
  private static final int LOOKED_AT = 100;
  private static final int MOST_CHANGES = 10_000;
  private static final Duration LONGEST_RUN = Duration.ofDays(1);

  /** A running scheduler stores every minute that it runs. */
  private static final Duration UNSEEN = Duration.ofMinutes(2);

  private static final Set<Status> ATTEMPTED =
      EnumSet.of(Status.SUCCESS, Status.FAILED, Status.RETRYING);

  private final Store store;
  private final ActionId action;
  private final String callback;
  private final Instant now;

  /** A time in which no scheduler ran. */
  record Outage(Instant from, Instant to) {}

  /**
   * @param callback whose runs count
   */
  WhyEvidence(Store store, ActionId action, String callback, Instant now) {
    this.store = requireNonNull(store, "store is null");
    this.action = requireNonNull(action, "action is null");
    this.callback = requireNonNull(callback, "callback is null");
    this.now = requireNonNull(now, "now is null");
  }

  /** The run that attempted the fire of that scheduled time. */
  Optional<Entry> runOf(Instant scheduledAt) throws StoreException {
    return runs(ATTEMPTED, scheduledAt, scheduledAt).stream().findFirst();
  }

  /** The last error of the fire of that time, whose dead letter waits; empty where none does. */
  Optional<String> deadLetterOf(Instant scheduledAt) throws StoreException {
    return DeadLetterForm.read(store, action::equals).stream()
        .filter(letter -> letter.key().callback().equals(callback))
        .filter(letter -> letter.fire().scheduledAt().equals(scheduledAt))
        .map(letter -> letter.fire().error())
        .findFirst();
  }

  /** The record of the fire of that time, where it ended without an attempt. */
  Optional<Entry> recordOf(Status status, Instant scheduledAt) throws StoreException {
    return runs(EnumSet.of(status), scheduledAt, scheduledAt).stream().findFirst();
  }

  /** The first run that attempted a fire scheduled later. */
  Optional<Entry> runBehind(Instant scheduledAt) throws StoreException {
    return runs(ATTEMPTED, scheduledAt.plusNanos(1_000), now).stream().findFirst();
  }

  /** The run into which the missed fire of that time was merged. */
  Optional<Entry> mergedInto(Instant scheduledAt) throws StoreException {
    return runs(ATTEMPTED, scheduledAt, now).stream()
        .filter(entry -> entry.run().missedCount() > 0)
        .filter(entry -> entry.run().fires().first().isAfter(scheduledAt))
        .findFirst();
  }

  /** The run that was under way at that time. */
  Optional<Entry> underWay(Instant at) throws StoreException {
    return runs(ATTEMPTED, at.minus(LONGEST_RUN), at).stream()
        .filter(entry -> entry.run().startedAt().filter(start -> !start.isAfter(at)).isPresent())
        .filter(entry -> !entry.run().finishedAt().isBefore(at))
        .findFirst();
  }

  /**
   * Runs of fires scheduled from {@code from} to {@code to}, oldest first, without those by hand.
   */
  private List<Entry> runs(Set<Status> statuses, Instant from, Instant to) throws StoreException {
    Filter filter =
        new Filter(
            Optional.of(action),
            statuses,
            Set.of(),
            Optional.of(from),
            Optional.of(to.plusNanos(1_000)));
    return store.historyAfter(filter, 0, LOOKED_AT).stream()
        .filter(entry -> entry.run().request().isEmpty())
        .filter(entry -> entry.run().key().callback().equals(callback))
        .toList();
  }

  /** The last change before {@code at}. */
  Optional<Change> changeBefore(Instant at) throws StoreException {
    return latestChange(change -> !change.at().isAfter(at));
  }

  /** The last change before {@code at} that disabled the action; else the last one. */
  Optional<Change> pauseBefore(Instant at) throws StoreException {
    Optional<Change> pause =
        latestChange(
            change ->
                !change.at().isAfter(at)
                    && isDisabled(change.after())
                    && !isDisabled(change.before()));
    return pause.isPresent() ? pause : changeBefore(at);
  }

  /** The first change at or after {@code at}, or where there is none the last one before. */
  Optional<Change> changeBehind(Instant at) throws StoreException {
    Optional<Change> first = Optional.empty();
    for (long before = Long.MAX_VALUE, seen = 0; seen < MOST_CHANGES; seen += LOOKED_AT) {
      List<Change> page = store.changes(Optional.of(action), before, LOOKED_AT);
      for (Change change : page) {
        if (change.at().isBefore(at)) {
          return first.or(() -> Optional.of(change));
        }
        first = Optional.of(change);
      }
      if (page.size() < LOOKED_AT) {
        return first;
      }
      before = page.get(page.size() - 1).number();
    }
    return first;
  }

  private Optional<Change> latestChange(Predicate<Change> wanted) throws StoreException {
    long before = Long.MAX_VALUE;
    for (int seen = 0; seen < MOST_CHANGES; seen += LOOKED_AT) {
      List<Change> page = store.changes(Optional.of(action), before, LOOKED_AT);
      Optional<Change> found = page.stream().filter(wanted).findFirst();
      if (found.isPresent() || page.size() < LOOKED_AT) {
        return found;
      }
      before = page.get(page.size() - 1).number();
    }
    return Optional.empty();
  }

  private static boolean isDisabled(String row) {
    try {
      return !row.isEmpty()
          && Json.parse(row) instanceof Map<?, ?> values
          && Boolean.FALSE.equals(values.get("enabled"));
    } catch (InvalidJson e) {
      return false; // written by another version of the program
    }
  }

  /** The outage of the target in the time from {@code from} to {@code to}. */
  Optional<PastOutage> targetOutage(Instant from, Instant to) throws StoreException {
    return store.outage(callback, from, to);
  }

  /** When what was asked for was asked. */
  Instant now() {
    return now;
  }

  /**
   * The outage around {@code at}, where it is known that no scheduler ran; it lasts until now where
   * none has run since.
   */
  Optional<Outage> outageAt(Instant at) throws StoreException {
    Optional<Session> before = store.sessionBefore(at);
    if (before.isEmpty() || !before.get().seenAt().isBefore(at)) {
      return Optional.empty();
    }
    Instant last = before.get().seenAt();
    Optional<Session> after = store.sessionAfter(at);
    if (after.isEmpty() && last.isAfter(now.minus(UNSEEN))) {
      return Optional.empty(); // it may be running
    }
    return Optional.of(new Outage(last, after.map(Session::begunAt).orElse(now)));
  }
}
