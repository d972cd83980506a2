package io.actionscheduler.engine.intake;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.ActionSource;
import io.actionscheduler.action.Rejection;
import io.actionscheduler.action.Snapshot;
import io.actionscheduler.action.SourceException;
import io.actionscheduler.fire.IdScope;
import io.actionscheduler.fire.KeptTimings;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.schedule.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the actions of a source to the engine, and then its changes. While the source is
 * unavailable, its last good reading stays in force; while a row cannot be understood, the last
 * valid form of that row. Used by one thread.
 */
public final class ActionSync {
  private static final Logger LOG = LoggerFactory.getLogger(ActionSync.class);

  private static final int REJECTIONS_TOLD = 1_000;

  /** Receives the changes of a source. */
  @FunctionalInterface
  public interface Changes {
    /** Completes once the progress of what was added is stored. */
    CompletableFuture<Void> apply(SyncPlan plan, SourceStart.Readings readings);
  }

  private final ActionSource source;
  private final Store store;
  private final InstantSource clock;
  private final SnapshotKeeper keeper;
  private final Meanwhile meanwhile;
  private Optional<Instant> earlier = Optional.empty(); // the last reading by an earlier run
  private final Rejections rejections = new Rejections();
  private KeptTimings timings = (cron, zone) -> Optional.empty();
  private Snapshot last; // as the source gave it
  private List<Action> actions = List.of(); // in force
  private Instant readAt; // of the last good reading
  private Instant keptAt; // of the last one whose new actions all have their progress on disk
  private CompletableFuture<Void> applied = CompletableFuture.completedFuture(null);
  private final SourceOutage outage;
  private volatile SourceStatus status;

  public ActionSync(ActionSource source, Store store, InstantSource clock) {
    this(source, store, clock, (differences, since) -> {});
  }

  /**
   * @param meanwhile receives what changed in the source since an earlier run
   */
  public ActionSync(ActionSource source, Store store, InstantSource clock, Meanwhile meanwhile) {
    this.meanwhile = requireNonNull(meanwhile, "meanwhile is null");
    this.source = requireNonNull(source, "source is null");
    this.store = requireNonNull(store, "store is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.keeper = new SnapshotKeeper(store, source.name());
    this.outage = new SourceOutage(source.name(), LOG);
    this.last = Snapshot.empty(Instant.EPOCH);
    this.status = SourceStatus.unread(source.name());
  }

  /** The state of the source now; from any thread. */
  public SourceStatus status() {
    return status;
  }

  private void stated(Instant since) {
    status =
        new SourceStatus(
            source.name(),
            Collections.unmodifiableList(actions),
            Collections.unmodifiableSet(rejections.ids()), // replaced, never changed
            rejections.first(REJECTIONS_TOLD),
            Optional.ofNullable(readAt),
            Duration.between(since, clock.instant()),
            outage.since(),
            outage.problem());
  }

  /**
   * The actions to begin with: those of the source, or, where it is unavailable, the stored ones,
   * if they are not older than {@code maxAge}.
   *
   * @param ids which are of this source, or would be
   * @throws SourceException when the source is unavailable and nothing recent enough is stored
   * @throws StoreException when the store cannot be read
   */
  public SourceStart open(Duration maxAge, IdScope ids, NextRuns nextRuns, KeptTimings timings)
      throws SourceException, StoreException {
    this.timings = timings;
    Instant now = clock.instant();
    earlier = store.snapshotReadAt(source.name());
    try {
      Snapshot read = source.poll(last, now).orElse(last);
      List<Action> forms = keptFormsOf(read.rejections());
      actions = SyncPlan.between(forms, read).actions();
      rejections.report(read.rejections(), running(read.rejections()));
      last = read;
      readAt = read.readAt();
      outage.started();
    } catch (SourceException e) {
      if (earlier.isEmpty() || earlier.get().isBefore(now.minus(maxAge))) {
        outage.beforeStart(e, now);
        stated(now);
        throw e;
      }
      actions = kept();
      readAt = earlier.get();
      outage.atStart(e, actions.size(), readAt, now);
    }
    keptAt = earlier.orElse(readAt); // until all that is new is stored
    stated(now);
    return new SourceStart(
        actions,
        ids,
        rejections.ids(),
        new SourceStart.Readings(readAt, earlier),
        nextRuns,
        timings);
  }

  /**
   * The engine has what {@link #open} found.
   *
   * @param stored completes once the progress of all of it is stored
   */
  public void begun(CompletableFuture<Void> stored) {
    applied = stored;
  }

  /** Stores what {@link #open} found; called after the engine has begun, as it may take long. */
  public void keepOpening() {
    if (outage.since().isEmpty()) {
      if (applied.isDone()) {
        keptAt = readAt;
      }
      keeper.open(actions, keptAt, earlier, meanwhile);
    }
  }

  /** Looks for changes and hands them to {@code engine}. */
  public void poll(Changes engine) {
    Instant now = clock.instant();
    try {
      Optional<Snapshot> changed = source.poll(last, now);
      Instant previousReadAt = readAt;
      SyncPlan plan =
          changed
              .map(read -> SyncPlan.between(actions, read))
              .orElseGet(() -> new SyncPlan(List.of(), List.of(), List.of(), actions));
      outage.over(plan.size(), now);
      if (changed.isPresent()) {
        last = changed.get();
        rejections.report(last.rejections(), running(last.rejections()));
      }
      readAt = changed.map(Snapshot::readAt).orElse(now);
      // After a crash, an action without progress counts from the stored reading. If that was
      // the one that found it, a date since the reading before would lie in the past, and never
      // fire.
      if (applied.isDone()) {
        keptAt = plan.isEmpty() ? readAt : previousReadAt;
      }
      if (!plan.isEmpty()) {
        LOG.info(
            "source {}: {} actions added, {} changed, {} removed",
            source.name(),
            plan.added().size(),
            plan.changed().size(),
            plan.removed().size());
        actions = plan.actions();
        applied =
            CompletableFuture.allOf(
                applied,
                engine.apply(plan, new SourceStart.Readings(readAt, Optional.of(previousReadAt))));
      }
      keeper.keep(plan, keptAt);
    } catch (SourceException e) {
      outage.failed(e, actions.size(), now);
    }
    stated(now);
  }

  /**
   * Reads only rows that this program wrote itself. Rows that cannot be read now are found by the
   * next {@link #poll}.
   */
  public void look(Changes engine, SortedSet<ActionId> ids) {
    Instant now = clock.instant();
    try {
      Optional<Snapshot> changed = source.look(last, ids);
      if (changed.isEmpty()) {
        return;
      }
      SyncPlan plan = SyncPlan.between(actions, changed.get());
      last = changed.get();
      rejections.report(last.rejections(), running(last.rejections()));
      if (!plan.isEmpty()) {
        actions = plan.actions();
        // The other rows are known as of the last poll, not as of now.
        applied =
            CompletableFuture.allOf(
                applied, engine.apply(plan, new SourceStart.Readings(now, Optional.of(readAt))));
        keeper.keep(plan, keptAt);
        stated(now);
      }
    } catch (SourceException e) {
      LOG.debug(
          "source {}: rows {} are read at the next poll: {}", source.name(), ids, e.getMessage());
    }
  }

  /** The actions in force. */
  public List<Action> actions() {
    return List.copyOf(actions);
  }

  /**
   * The laws of some zones changed: reschedules the actions in these zones.
   *
   * @return the actions that fire at other times now
   */
  public List<Replanned> lawChanged(Changes engine) {
    List<Action> all = new ArrayList<>(actions.size());
    List<Action> changed = new ArrayList<>();
    List<Replanned> replanned = new ArrayList<>();
    for (Action action : actions) {
      Timing before = action.timing();
      Action now =
          before.isInForce()
              ? action
              : timings.read(before.text(), before.zone().getId()).map(action::with).orElse(action);
      all.add(now);
      if (now != action) {
        changed.add(now);
        if (!now.timing().schedule().meansTheSameAs(before.schedule())) {
          replanned.add(new Replanned(now, before));
        }
      }
    }
    if (!changed.isEmpty()) {
      actions = all;
      SyncPlan plan = new SyncPlan(List.of(), changed, List.of(), all);
      applied =
          CompletableFuture.allOf(
              applied,
              engine.apply(plan, new SourceStart.Readings(clock.instant(), Optional.of(readAt))));
    }
    return replanned;
  }

  /** The last valid forms, stored by an earlier run, of rows that cannot be understood now. */
  private List<Action> keptFormsOf(List<Rejection> rejected) throws StoreException {
    Set<ActionId> ids = rejected.stream().map(Rejection::id).collect(Collectors.toSet());
    List<Action> forms = new ArrayList<>();
    if (!ids.isEmpty()) {
      store.readSnapshot(
          source.name(),
          action -> {
            if (ids.contains(action.id())) {
              forms.add(action);
            }
          });
    }
    return forms;
  }

  private Set<ActionId> running(List<Rejection> rejected) {
    Set<ActionId> ids = rejected.stream().map(Rejection::id).collect(Collectors.toSet());
    return ids.isEmpty()
        ? Set.of()
        : actions.stream().map(Action::id).filter(ids::contains).collect(Collectors.toSet());
  }

  private List<Action> kept() throws StoreException {
    List<Action> kept = new ArrayList<>();
    store.readSnapshot(source.name(), kept::add);
    return kept;
  }
}
