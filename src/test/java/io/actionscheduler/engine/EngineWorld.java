package io.actionscheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.CalendarUse;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.action.Policy;
import io.actionscheduler.action.RetryPolicy;
import io.actionscheduler.action.Snapshot;
import io.actionscheduler.calendar.Calendars;
import io.actionscheduler.calendar.CalendarsInForce;
import io.actionscheduler.concurrent.Daemons;
import io.actionscheduler.engine.intake.NextRuns;
import io.actionscheduler.engine.intake.SourceStart;
import io.actionscheduler.engine.intake.StartStages;
import io.actionscheduler.engine.intake.SyncPlan;
import io.actionscheduler.engine.target.NamedCallbackSettings;
import io.actionscheduler.fire.Account;
import io.actionscheduler.fire.IdScope;
import io.actionscheduler.fire.LedgerEntry;
import io.actionscheduler.fire.LedgerVersion;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.Schedule;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.testing.Logged;
import io.actionscheduler.text.CronReader;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An engine among fakes, at ten in the morning: time goes on when a test says so. */
final class EngineWorld implements AutoCloseable {
  final FakeClock clock = new FakeClock("2026-03-02T10:00:00.500Z");
  final FakeCallback callback = new FakeCallback();
  final FakeCallback other = new FakeCallback();
  final FakeStore store = new FakeStore();
  final List<Throwable> defects = new ArrayList<>();
  Optional<String> deadLetter = Optional.empty();
  Optional<Long> catchUpMax = Optional.empty();
  Optional<Duration> holdBacklog = Optional.empty();
  Optional<Integer> catchUpRate = Optional.empty();
  RetryPolicy retry = new RetryPolicy(2, Duration.ofSeconds(1), 2);
  Duration shutdownTimeout = Duration.ofSeconds(5);
  boolean failuresOnly;
  final CalendarsInForce calendars = new CalendarsInForce(Calendars.NONE);
  private FakeAlarm alarm;
  private Engine engine;
  private List<Action> actions = List.of();
  private Instant readAt;

  static Action action(int id, String cron, MissedPolicy missed) {
    return action(id, cron, missed, Overlap.QUEUE, true, "main");
  }

  static Action action(
      int id, String cron, MissedPolicy missed, Overlap overlap, boolean enabled, String callback) {
    return action(Integer.toString(id), cron, missed, overlap, enabled, List.of(callback));
  }

  /** An action of any source that goes to several callbacks. */
  static Action action(String id, String cron, MissedPolicy missed, String... callbacks) {
    return action(id, cron, missed, Overlap.QUEUE, true, List.of(callbacks));
  }

  private static Action action(
      String id,
      String cron,
      MissedPolicy missed,
      Overlap overlap,
      boolean enabled,
      List<String> callbacks) {
    try {
      return new Action(
          new ActionId(id),
          "name" + id,
          "command" + id,
          new CronReader(new ScheduleParser(UnixDialect.CRONTAB, value -> null))
              .read(cron, ZoneOffset.UTC),
          new Policy(enabled, missed, overlap, callbacks, Optional.empty()),
          Map.of());
    } catch (InvalidSchedule e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** The same action, which follows these calendars. */
  static Action following(Action action, String... calendars) {
    Policy policy = action.policy();
    return new Action(
        action.id(),
        action.name(),
        action.command(),
        action.timing(),
        new Policy(
            policy.enabled(),
            policy.missed(),
            policy.overlap(),
            policy.callbacks(),
            policy.retry(),
            Stream.of(calendars).map(CalendarUse::read).toList()),
        action.parameters());
  }

  /** A stored schedule as the program reads it: under the law of its zone that it was stored by. */
  private static Optional<Timing> timing(String cron, String zone) {
    return new CronReader(new ScheduleParser(UnixDialect.CRONTAB, value -> null))
        .readKept(cron, zone);
  }

  /** Starts with these actions, where an earlier start of this world left off. */
  EngineWorld start(Action... table) throws Exception {
    return start(Map.of(), table);
  }

  EngineWorld start(Map<ActionId, Instant> nextRuns, Action... table) throws Exception {
    boot();
    actions = List.of(table);
    return begin(nextRuns, IdScope.ALL, actions);
  }

  /** An engine in which nothing has begun. */
  EngineWorld boot() {
    alarm = new FakeAlarm();
    engine =
        new Engine(
            new EngineSettings(
                List.of(
                    new NamedCallbackSettings("main", callback, retry, catchUpRate, deadLetter),
                    new NamedCallbackSettings(
                        "other", other, retry, catchUpRate, Optional.empty())),
                catchUpMax,
                holdBacklog,
                shutdownTimeout,
                failuresOnly,
                calendars),
            store,
            alarm,
            clock,
            defects::add);
    return this;
  }

  /** Begins with the one source that has all ids. */
  EngineWorld begin(Action... all) throws Exception {
    return begin(Map.of(), IdScope.ALL, List.of(all));
  }

  /** Begins with one source of several. */
  EngineWorld begin(String source, Action... some) throws Exception {
    return begin(Map.of(), IdScope.of(source), List.of(some));
  }

  /** Has one source of several begin on a thread of its own, as it does where it can be read. */
  CompletableFuture<Void> beginBeside(String source, Action... some) {
    Instant at = clock.instant();
    SourceStart start =
        new SourceStart(
            List.of(some),
            IdScope.of(source),
            Set.of(),
            new SourceStart.Readings(at, Optional.of(at)),
            NextRuns.NONE,
            EngineWorld::timing);
    return CompletableFuture.supplyAsync(() -> read(start), this::onItsOwnThread)
        .thenCompose(StartStages::stored);
  }

  /**
   * As the thread of a source; the common pool has a single thread where there are two processors.
   */
  private void onItsOwnThread(Runnable work) {
    Daemons.named("source").newThread(work).start();
  }

  private StartStages read(SourceStart start) {
    try {
      return engine.begin(start);
    } catch (StoreException e) {
      throw new CompletionException(e);
    }
  }

  private EngineWorld begin(Map<ActionId, Instant> nextRuns, IdScope ids, List<Action> some)
      throws Exception {
    Optional<Instant> previous = Optional.ofNullable(readAt);
    readAt = clock.instant();
    engine
        .begin(
            new SourceStart(
                some,
                ids,
                Set.of(),
                new SourceStart.Readings(readAt, previous),
                new NextRuns(nextRuns, EngineWorld::timing),
                EngineWorld::timing))
        .scheduled()
        .get(60, TimeUnit.SECONDS);
    return settle();
  }

  /** Has the table read again with these actions in it. */
  EngineWorld edit(Action... table) {
    return editReadAt(clock.instant(), table);
  }

  /** Has the table read now, which takes until {@code until}. */
  EngineWorld editReadAt(Instant until, Action... table) {
    Instant previous = readAt;
    readAt = clock.instant();
    clock.set(until);
    alarm.ring();
    List<Action> sorted = new ArrayList<>(List.of(table));
    sorted.sort(Comparator.comparing(Action::id));
    SyncPlan plan = SyncPlan.between(actions, new Snapshot(sorted, List.of(), readAt));
    actions = plan.actions();
    engine.apply(plan, new SourceStart.Readings(readAt, Optional.of(previous)));
    return settle();
  }

  /** Lets time pass in steps of a second or less, ringing when asked to. */
  EngineWorld pass(Duration time) {
    Instant end = clock.instant().plus(time);
    while (clock.instant().isBefore(end)) {
      Instant next = clock.instant().plusSeconds(1);
      clock.set(next.isBefore(end) ? next : end);
      settle();
    }
    return this;
  }

  /** See {@link Engine#ahead}. */
  CompletableFuture<Map<ActionId, Instant>> ahead(List<ActionId> ids, Instant at) {
    return engine.ahead(ids, at);
  }

  /** Time jumps, as when the machine slept. */
  EngineWorld sleep(Duration time) {
    clock.advance(time);
    return settle();
  }

  EngineWorld ring() {
    alarm.ring();
    return this;
  }

  /** As time does: only when the engine has asked for it by now. */
  boolean ringIfAsked() {
    boolean due = alarm.setFor() != null && !alarm.setFor().isAfter(clock.instant());
    if (due) {
      alarm.ring();
    }
    return due;
  }

  /** Waits until nothing that is due now is left to do. */
  EngineWorld settle() {
    for (int quiet = 0; quiet < 2; ) {
      boolean due = ringIfAsked();
      quiet = isQuiet() && !due ? quiet + 1 : 0;
      if (quiet == 0) {
        Thread.onSpinWait();
      }
    }
    return this;
  }

  private boolean isQuiet() {
    try {
      Status status = status();
      return callback.isHanging()
          || other.isHanging()
          || status.running() == 0 && !status.writing();
    } catch (Exception e) {
      throw new AssertionError("the engine does not answer", e);
    }
  }

  Status status() throws Exception {
    return engine.status().get(60, TimeUnit.SECONDS);
  }

  Engine engine() {
    return engine;
  }

  void awaitAttempts(int attempts) {
    await().until(() -> callback.attempts().size() >= attempts);
  }

  /** The process is gone: nothing is waited for, nothing more is written. */
  void kill() throws Exception {
    store.failing(true);
    callback.release();
    engine.close();
    store.failing(false);
  }

  void stop() throws Exception {
    engine.close();
  }

  /** Every scheduled time of every version of every schedule has exactly one outcome. */
  private void assertAccounted() {
    for (Progress kept : store.all()) {
      Account open = kept.account();
      List<Stretch> stretches = closed(kept.key(), open.begunAt());
      if (open.count() > 0) {
        stretches.add(new Stretch(open.first(), kept.settledUntil(), open.count()));
      }
      Schedule schedule = timing(kept.cron(), kept.zone()).orElseThrow().schedule();
      assertAccounted(kept, schedule, new Version(open.begunAt(), kept.settledUntil()), stretches);
    }
    for (LedgerVersion version : store.versions()) {
      assertAccounted(
          version,
          timing(version.cron(), version.zone()).orElseThrow().schedule(),
          new Version(version.begunAt(), version.endedAt()),
          closed(version.key(), version.begunAt()));
    }
  }

  private record Version(Instant after, Instant upTo) {}

  /** The stretches hold the times of the schedule one after another, each as many as it says. */
  private static void assertAccounted(
      Object what, Schedule schedule, Version version, List<Stretch> stretches) {
    Instant accounted = version.after();
    for (Stretch stretch : stretches) {
      assertThat(schedule.next(accounted))
          .as("begins %s of %s", stretch, what)
          .hasValue(stretch.first());
      assertThat(stretch.count())
          .as("fires in %s of %s", stretch, what)
          .isEqualTo(schedule.count(accounted, stretch.last()));
      accounted = stretch.last();
    }
    assertThat(schedule.count(accounted, version.upTo())).as("left out of %s", what).isZero();
  }

  /** In the order of time. */
  private List<Stretch> closed(ProgressKey key, Instant begunAt) {
    return store.ledger().stream()
        .filter(one -> one.key().equals(key) && one.begunAt().equals(begunAt))
        .map(LedgerEntry::stretch)
        .sorted(Comparator.comparing(Stretch::first))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  @Override
  public void close() throws Exception {
    callback.release();
    other.release();
    try (Logged shutdown = Logged.of(Shutdown.class)) {
      engine.close();
      assertThat(shutdown.lines())
          .as("nothing is under way any more: no stop may wait for its time-out")
          .noneMatch(line -> line.startsWith("stopping"));
    }
    assertAccounted();
    assertThat(callback.hadNothingToDeliver() || other.hadNothingToDeliver())
        .as("a callback was handed a batch without fires")
        .isFalse();
    if (!defects.isEmpty()) {
      throw new AssertionError("the engine broke", defects.get(0));
    }
  }
}
