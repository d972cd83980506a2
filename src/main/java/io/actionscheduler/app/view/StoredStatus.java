package io.actionscheduler.app.view;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.Rejection;
import io.actionscheduler.action.SourceException;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.fire.BacklogHold;
import io.actionscheduler.fire.ComingFires.Coming;
import io.actionscheduler.fire.Jitter;
import io.actionscheduler.fire.Outage;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Session;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.fire.StoreOwner;
import io.actionscheduler.source.TableSource;
import io.actionscheduler.text.IsoTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How a scheduler stands, as its store and its sources tell it, for a process beside it. What only
 * its memory has, such as how late fires were, is not known here: fires that are due and have not
 * begun show it.
 */
public final class StoredStatus {
  /** A scheduler stores each minute that it runs. */
  private static final Duration SEEN = Duration.ofSeconds(150);

  /** From then on, a fire that has not begun is overdue. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** How long a scheduler may take up what became due while it was off, or in a blackout. */
  private static final Duration RESUMPTION = Duration.ofMinutes(1);

  private static final int FAILURES = 50;
  private static final int COMING = 20;

  private final Parts parts;
  private final Store store;
  private final Instant now;
  private final List<Trouble> troubles = new ArrayList<>();
  private final Map<ActionId, Action> actions = new HashMap<>();
  private final Set<ActionId> rejected = new HashSet<>(); // the last valid form of one may fire
  private boolean allRead = true; // an action that is not among these is gone

  private StoredStatus(Parts parts, Store store) {
    this.parts = requireNonNull(parts, "parts is null");
    this.store = requireNonNull(store, "store is null");
    this.now = parts.clock().instant();
  }

  /**
   * As a JSON object with {@code now}, {@code running}, {@code owner}, {@code problems} and {@code
   * next}, each as the overview of the HTTP API has it.
   *
   * @throws StoreException when the store cannot be read
   */
  public static Map<String, Object> read(Parts parts, Store store) throws StoreException {
    return new StoredStatus(parts, store).form();
  }

  private Map<String, Object> form() throws StoreException {
    Optional<StoreOwner> owner = store.owner();
    Optional<Session> session = store.sessionBefore(now);
    boolean runs = runs(owner, session, now);
    if (!runs) {
      troubles.add(Trouble.notRunning(session.map(Session::seenAt)));
    }
    store.lastVerified().filter(one -> !one.isGood()).map(Trouble::lost).ifPresent(troubles::add);
    Set<String> unavailable = new HashSet<>();
    Set<String> sources = new HashSet<>();
    if (runs) {
      for (Outage outage : store.outages()) {
        unavailable.add(outage.callback());
        outage.source().ifPresent(sources::add);
        troubles.add(Trouble.of(outage));
      }
    }
    if (runs && parts.settings().cluster().isPresent()) {
      parts.cluster().flatMap(Trouble::withoutOwner).ifPresent(troubles::add);
    }
    readSources(sources);
    Optional<BacklogHold> hold = store.hold();
    if (hold.isPresent()) {
      addHeld();
    }
    boolean resumes = session.filter(one -> isRecent(one.begunAt())).isPresent();
    addProgress(runs && hold.isEmpty() && !resumes && !isBlackout(), unavailable);
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("now", IsoTime.text(now, ZoneOffset.UTC));
    form.put("running", runs);
    form.put("owner", owner.filter(one -> runs).map(StoreOwner::text).orElse(null));
    form.put("problems", troubles.stream().map(Trouble::form).toList());
    form.put("next", runs ? coming() : List.of());
    return form;
  }

  /**
   * Whether a scheduler runs with this store, as far as the store can tell.
   *
   * @throws StoreException when the store cannot be read
   */
  public static boolean runs(Store store, Instant now) throws StoreException {
    return runs(store.owner(), store.sessionBefore(now), now);
  }

  private static boolean runs(Optional<StoreOwner> owner, Optional<Session> session, Instant now) {
    return owner.isPresent()
        && session.filter(one -> !one.seenAt().isBefore(now.minus(SEEN))).isPresent();
  }

  private boolean isRecent(Instant at) {
    return at.isAfter(now.minus(RESUMPTION));
  }

  /**
   * Whether a blackout holds everything up now, or did until a moment ago; false where its settings
   * cannot be read.
   */
  private boolean isBlackout() {
    try {
      Instant from = now.minus(RESUMPTION);
      return !parts.calendars().now().blackouts().between(from, now.plusNanos(1)).isEmpty();
    } catch (SourceException e) {
      return false; // readSources, which needs them too, has told it
    }
  }

  /**
   * @param told that are unavailable to the scheduler, which says it already
   */
  private void readSources(Set<String> told) throws StoreException {
    try {
      new ActionList(parts, (service, notice) -> unread(service, told, notice)).each(this::take);
    } catch (SourceException e) {
      unread(TableSource.NAME, told, e.getMessage());
    }
  }

  private void unread(String source, Set<String> told, String why) {
    allRead = false;
    if (!told.contains(source)) {
      troubles.add(Trouble.unreadable(source, Optional.empty(), why));
    }
  }

  /** Whether a failure of that action still matters: it is enabled, and a source has it. */
  private boolean mayFire(ActionId id) {
    Action action = actions.get(id);
    return action == null ? !allRead || rejected.contains(id) : action.policy().enabled();
  }

  private void take(ActionView view) {
    if (view.action().isPresent()) {
      actions.put(view.action().get().id(), view.action().get());
    } else {
      ActionId id = new ActionId(view.id());
      rejected.add(id);
      troubles.add(Trouble.rejected(view.source(), new Rejection(id, view.fault())));
    }
  }

  private void addHeld() throws StoreException {
    try {
      BacklogList held = BacklogList.read(parts, store, notice -> {});
      held.hold().ifPresent(until -> troubles.add(Trouble.held(held.rows().size(), until)));
    } catch (SourceException e) {
      // the source is named among the troubles already
    }
  }

  /** A callback whose fires are due and have not begun. */
  private record Overdue(long actions, Instant since) {
    Overdue and(Overdue other) {
      return new Overdue(
          actions + other.actions, other.since.isBefore(since) ? other.since : since);
    }
  }

  /** Reads all progress once: what is overdue, and whose latest fire failed. */
  private void addProgress(boolean isFiring, Set<String> unavailable) throws StoreException {
    Set<ProgressKey> running = new HashSet<>();
    store.readRunning(run -> running.add(run.key()));
    Map<String, Overdue> overdue = new TreeMap<>();
    StoredFailures failures = new StoredFailures(FAILURES, this::mayFire);
    store.readAll(
        progress -> {
          if (isFiring && progress.open().isEmpty() && !running.contains(progress.key())) {
            dueAt(progress)
                .filter(at -> at.isBefore(now.minus(PATIENCE)))
                .ifPresent(
                    at ->
                        overdue.merge(progress.key().callback(), new Overdue(1, at), Overdue::and));
          }
          failures.see(progress);
        });
    overdue.keySet().removeAll(unavailable); // which says it already
    overdue.forEach(
        (callback, one) -> troubles.add(Trouble.overdue(callback, one.actions(), one.since())));
    failures.runs(store).stream().map(Trouble::failing).forEach(troubles::add);
  }

  /** When its next fire is due; empty where its action has changed, or fires no more. */
  private Optional<Instant> dueAt(Progress progress) {
    Action action = actions.get(progress.key().action());
    if (action == null
        || !action.policy().enabled()
        || progress.paused()
        || !action.timing().isStoredAs(progress.cron(), progress.zone())) {
      return Optional.empty();
    }
    return action
        .timing()
        .schedule()
        .next(progress.settledUntil())
        .map(at -> Jitter.due(action, at));
  }

  private List<Map<String, Object>> coming() {
    List<Map<String, Object>> next = new ArrayList<>();
    AheadOfClock ahead = AheadOfClock.of(parts, notice -> {});
    for (Coming coming : ahead.coming(actions.values(), now, COMING)) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("job_id", Trouble.id(coming.action().id()));
      one.put("name", coming.action().name());
      one.put("at", ComingForm.time(coming, Optional.empty()));
      one.put("callback", String.join(",", coming.action().policy().callbacks()));
      next.add(one);
    }
    return next;
  }
}
