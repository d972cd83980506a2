package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static io.actionscheduler.engine.EngineWorld.following;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.action.RetryPolicy;
import io.actionscheduler.calendar.Blackout;
import io.actionscheduler.calendar.CalendarFault;
import io.actionscheduler.calendar.Calendars;
import io.actionscheduler.calendar.WeeklyHours;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.engine.run.Decisions;
import io.actionscheduler.fire.Account;
import io.actionscheduler.fire.LedgerEntry;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.Run;
import io.actionscheduler.schedule.Windows;
import io.actionscheduler.testing.Logged;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Fires that calendars and blackouts exclude or hold; it is ten in the morning. */
@Tag("time")
class CalendarFiresTest {
  private static final MissedPolicy MERGE = MissedPolicy.of(true, -1);
  private static final MissedPolicy EACH = MissedPolicy.of(false, -1);

  private final EngineWorld world = new EngineWorld();

  @AfterEach
  void close() throws Exception {
    world.close();
  }

  private static WeeklyHours hours(String text) {
    try {
      return WeeklyHours.read(text);
    } catch (CalendarFault e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Windows times(String... all) {
    return Windows.union(Stream.of(all).map(text -> hours(text).in(ZoneOffset.UTC)).toList());
  }

  private void calendar(String... times) {
    world.calendars.use(new Calendars(Map.of("pause", times(times)), List.of()));
  }

  private void blackout(String hours, Blackout.Mode mode) {
    world.calendars.use(
        new Calendars(Map.of(), List.of(new Blackout(hours(hours), ZoneOffset.UTC, mode))));
  }

  /** What became of the fires of action 1, in the order of time: {@code delivered 10:01 x2}. */
  private List<String> ledger() {
    record Found(Instant first, String text) {}
    List<Found> all = new ArrayList<>();
    for (LedgerEntry entry : world.store.ledger()) {
      all.add(
          new Found(
              entry.stretch().first(),
              text(entry.outcome(), entry.stretch().first(), entry.stretch().count())));
    }
    for (Progress progress : world.store.all()) {
      Account open = progress.account();
      open.outcome()
          .ifPresent(
              outcome ->
                  all.add(new Found(open.first(), text(outcome, open.first(), open.count()))));
    }
    return all.stream().sorted(Comparator.comparing(Found::first)).map(Found::text).toList();
  }

  private static String text(Outcome outcome, Instant first, long count) {
    return outcome + " " + first.toString().substring(11, 16) + " x" + count;
  }

  private static Action minutely(MissedPolicy missed) {
    return following(action(1, "* * * * *", missed), "pause");
  }

  @Test
  void aFireThatItsCalendarExcludesIsRecordedAsSuchAtOnce() throws Exception {
    calendar("10:02-10:04");
    world.start(minutely(EACH), action(2, "* * * * *", EACH));
    world.pass(Duration.ofSeconds(150)); // until 10:02:30

    assertThat(ledger()).contains("delivered 10:01 x1", "excluded 10:02 x1");
    world.pass(Duration.ofSeconds(120));
    assertThat(world.callback.deliveredTimes())
        .containsExactlyInAnyOrder(
            "1@10:01:00", "1@10:04:00", "2@10:01:00", "2@10:02:00", "2@10:03:00", "2@10:04:00");
    assertThat(world.store.runs())
        .filteredOn(run -> run.status() == Run.Status.EXCLUDED)
        .allSatisfy(run -> assertThat(run.output()).isEqualTo("the calendar pause excludes it"))
        .isNotEmpty();
  }

  @Test
  void whatABlackoutHeldBackIsNotLateAndWhatFollowsItIs() throws Exception {
    blackout("10:02-10:04", Blackout.Mode.HOLD);
    List<Run> late = new ArrayList<>();
    world.boot();
    world
        .engine()
        .tell(run -> world.engine().lateStarts().late(run).ifPresent(by -> late.add(run)));
    world.begin(action(1, "* * * * *", EACH));
    world.pass(Duration.ofSeconds(260)); // until 10:04:20

    assertThat(world.callback.deliveredTimes())
        .containsExactly("1@10:01:00", "1@10:02:00", "1@10:03:00", "1@10:04:00");
    assertThat(late).isEmpty();
    world.sleep(Duration.ofSeconds(60)); // the machine's fault, as the process was there
    assertThat(late)
        .extracting(run -> run.fires().first().toString())
        .containsExactly("2026-03-02T10:05:00Z");
  }

  @Test
  void whatWaitedForAnUnavailableTargetIsNotLate() throws Exception {
    List<Run> late = new ArrayList<>();
    world.boot();
    world
        .engine()
        .tell(run -> world.engine().lateStarts().late(run).ifPresent(by -> late.add(run)));
    world.begin(action(1, "* * * * *", EACH));
    world.pass(Duration.ofSeconds(70));
    world.callback.answer(delivery -> CallbackException.unavailable("gone", null));
    world.pass(Duration.ofSeconds(200));
    world.callback.answer(delivery -> null);
    world.pass(Duration.ofSeconds(80));

    assertThat(world.callback.deliveredTimes()).hasSizeGreaterThan(4);
    assertThat(world.status().unavailable()).isEmpty();
    assertThat(late).isEmpty();
  }

  @Test
  void anActionThatIsHeldToItsCalendarFiresOnlyThen() throws Exception {
    calendar("10:02-10:04");
    world.start(following(action(1, "* * * * *", EACH), "only:pause"));
    world.pass(Duration.ofMinutes(5));

    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:02:00", "1@10:03:00");
    assertThat(ledger())
        .containsExactly("excluded 10:01 x1", "delivered 10:02 x2", "excluded 10:04 x2");
  }

  @Test
  void ofMissedFiresThoseThatAreExcludedNeitherMergeNorExpire() throws Exception {
    calendar("10:02-10:03", "10:05-10:07");
    world.start(minutely(MERGE));
    world.sleep(Duration.ofMinutes(8).plusSeconds(10)); // 10:08 is late

    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:08:00");
    assertThat(world.callback.delivered().get(0).fire().missedCount()).isEqualTo(4);
    assertThat(ledger())
        .containsExactly(
            "merged 10:01 x1",
            "excluded 10:02 x1",
            "merged 10:03 x2",
            "excluded 10:05 x2",
            "merged 10:07 x1",
            "delivered 10:08 x1");
    assertThat(excluded()).containsExactly("2026-03-02T10:02:00Z x1", "2026-03-02T10:05:00Z x2");
  }

  private List<String> excluded() {
    return world.store.runs().stream()
        .filter(run -> run.status() == Run.Status.EXCLUDED)
        .map(run -> run.fires().first() + " x" + run.fires().count())
        .toList();
  }

  @Test
  void whereFiresMayOverlapThoseThatAreExcludedDoNotMergeEither() throws Exception {
    calendar("10:02-10:03");
    world.start(following(action(1, "* * * * *", MERGE, Overlap.ALLOW, true, "main"), "pause"));
    world.sleep(Duration.ofMinutes(5).plusSeconds(10));

    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:05:00");
    assertThat(ledger())
        .containsExactly(
            "merged 10:01 x1", "excluded 10:02 x1", "merged 10:03 x2", "delivered 10:05 x1");
    assertThat(excluded()).containsExactly("2026-03-02T10:02:00Z x1");
  }

  @Test
  void besideAFireInRetryThoseThatAreExcludedDoNotMergeEither() throws Exception {
    calendar("10:03-10:04");
    world.retry = new RetryPolicy(5, Duration.ofMinutes(30), 2);
    Instant first = Instant.parse("2026-03-02T10:01:00Z");
    world.callback.answer(
        d -> d.fire().scheduledAt().equals(first) ? CallbackException.refused("no", null) : null);
    world.start(following(action(1, "* * * * *", MERGE, Overlap.ALLOW, true, "main"), "pause"));
    world.pass(Duration.ofMinutes(1));
    world.sleep(Duration.ofMinutes(4).plusSeconds(10));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:05:00");
    assertThat(excluded()).containsExactly("2026-03-02T10:03:00Z x1");
    world.callback.takeAll();
    world.sleep(Duration.ofHours(1));

    assertThat(ledger())
        .startsWith(
            "delivered 10:01 x1",
            "merged 10:02 x1",
            "excluded 10:03 x1",
            "merged 10:04 x1",
            "delivered 10:05 x1");
  }

  @Test
  void whatExpiredDoesSoAroundWhatIsExcluded() throws Exception {
    calendar("10:02-10:03", "10:06-10:07");
    world.start(minutely(MissedPolicy.of(false, 120)));
    world.sleep(Duration.ofMinutes(8).plusSeconds(10));

    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:07:00", "1@10:08:00");
    assertThat(ledger())
        .containsExactly(
            "expired 10:01 x1",
            "excluded 10:02 x1",
            "expired 10:03 x3",
            "excluded 10:06 x1",
            "delivered 10:07 x2");
    assertThat(world.store.runs())
        .filteredOn(run -> run.status() == Run.Status.EXCLUDED)
        .extracting(run -> run.fires().first().toString())
        .containsExactly("2026-03-02T10:02:00Z", "2026-03-02T10:06:00Z");
  }

  @Test
  void whatTheTargetHasIsDeliveredAroundWhatIsExcluded() throws Exception {
    calendar("10:02-10:04");
    world.callback.remember(Map.of("1", Instant.parse("2026-03-02T10:05:00Z")));
    world.start(minutely(EACH));
    world.stop();
    world.clock.set(Instant.parse("2026-03-02T10:06:30Z"));
    world.start(minutely(EACH));

    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:06:00");
    assertThat(ledger())
        .containsExactly("delivered 10:01 x1", "excluded 10:02 x2", "delivered 10:04 x3");
  }

  @Test
  void nothingIsDeliveredWhereAllThatWasMissedIsExcluded() throws Exception {
    calendar("10:00-12:00");
    world.start(minutely(MERGE));
    world.sleep(Duration.ofMinutes(30));

    assertThat(world.callback.deliveredTimes()).isEmpty();
    assertThat(ledger()).containsExactly("excluded 10:01 x30");
  }

  @Test
  void besideAFireThatRunsLongOthersAreSkippedOrExcluded() throws Exception {
    calendar("10:03-10:04");
    world.start(following(action(1, "* * * * *", EACH, Overlap.SKIP, true, "main"), "pause"));
    world.callback.hang();
    world.pass(Duration.ofSeconds(270)); // until 10:04:30, since 10:01
    world.callback.release();
    world.settle();

    assertThat(ledger())
        .containsExactly(
            "delivered 10:01 x1", "skipped 10:02 x1", "excluded 10:03 x1", "skipped 10:04 x1");
  }

  @Test
  void whereFiresOverlapTheExcludedOnesLieBetweenThem() throws Exception {
    calendar("10:02-10:03");
    world.start(following(action(1, "* * * * *", EACH, Overlap.ALLOW, true, "main"), "pause"));
    world.callback.hang();
    world.pass(Duration.ofSeconds(210)); // until 10:03:30
    world.callback.release();
    world.settle();

    assertThat(world.callback.deliveredTimes())
        .containsExactlyInAnyOrder("1@10:01:00", "1@10:03:00");
    assertThat(ledger())
        .containsExactly("delivered 10:01 x1", "excluded 10:02 x1", "delivered 10:03 x1");
  }

  @Test
  void aCalendarThatChangesHoldsForWhatIsNotDueYet() throws Exception {
    calendar("10:01-10:03");
    world.start(minutely(EACH));
    world.pass(Duration.ofSeconds(150));
    calendar("10:04-10:05");
    world.pass(Duration.ofSeconds(150));

    assertThat(ledger())
        .containsExactly(
            "excluded 10:01 x2", "delivered 10:03 x1", "excluded 10:04 x1", "delivered 10:05 x1");
  }

  @Test
  void jitterIsTheSameWithACalendar() throws Exception {
    String cron = "{\"format\": \"unix\", \"params\": {\"value\": \"* * * * *\", \"jitter\": 20}}";
    world.start(action(1, cron, EACH));
    world.pass(Duration.ofSeconds(200));
    List<Instant> starts = starts();
    world.close();
    EngineWorld other = new EngineWorld();
    other.calendars.use(new Calendars(Map.of("pause", times("10:02-10:03")), List.of()));
    other.start(following(action(1, cron, EACH), "pause"));
    other.pass(Duration.ofSeconds(200));

    assertThat(other.callback.delivered().stream().map(one -> one.startedAt()).toList())
        .containsExactly(starts.get(0), starts.get(2));
    other.close();
  }

  private List<Instant> starts() {
    return world.callback.delivered().stream().map(one -> one.startedAt()).toList();
  }

  @Test
  void whatIsExcludedNeedsNoTarget() throws Exception {
    calendar("10:02-10:04");
    world.callback.concurrency(1);
    world.start(following(action(1, "2 10 * * *", EACH), "pause"), action(2, "1 10 * * *", EACH));
    world.callback.hang();
    world.clock.set(Instant.parse("2026-03-02T10:01:00Z"));
    world.ring();
    world.awaitAttempts(1);
    world.clock.set(Instant.parse("2026-03-02T10:02:00Z"));
    world.settle();
    await().until(() -> ledger().contains("excluded 10:02 x1"));
    assertThat(world.status().waiting()).isZero();
  }

  @Test
  void aBlackoutHoldsWhatFallsDueAndThenTheRuleForMissedFiresDecides() throws Exception {
    blackout("10:01:30-10:04:30", Blackout.Mode.HOLD);
    world.start(action(1, "* * * * *", MERGE), action(2, "* * * * *", EACH));
    world.pass(Duration.ofSeconds(260)); // until 10:04:20

    assertThat(world.callback.deliveredTimes())
        .containsExactlyInAnyOrder("1@10:01:00", "2@10:01:00");
    assertThat(world.status().waiting()).isEqualTo(2);
    world.pass(Duration.ofSeconds(20));
    assertThat(world.callback.deliveredTimes())
        .containsExactlyInAnyOrder(
            "1@10:01:00", "2@10:01:00", "1@10:04:00", "2@10:02:00", "2@10:03:00", "2@10:04:00");
    assertThat(starts().subList(2, 6))
        .allSatisfy(at -> assertThat(at).isAfterOrEqualTo("2026-03-02T10:04:30Z"));
  }

  /** It is looked at anew each minute, since settings change. */
  @Test
  void aBlackoutIsLoggedWhenItBeginsAndWhenItEnds() throws Exception {
    blackout("10:01:30-10:04:30", Blackout.Mode.HOLD);
    try (Logged log = Logged.of(Decisions.class)) {
      world.start(action(1, "* * * * *", EACH)).pass(Duration.ofMinutes(1));
      assertThat(log.lines()).isEmpty();
      world.pass(Duration.ofMinutes(4));
      assertThat(log.lines())
          .containsExactly(
              "a blackout has begun: nothing is delivered until 2026-03-02T10:04:30Z",
              "the blackout is over: what waits is delivered");
    }
  }

  @Test
  void aBlackoutThatTheSettingsNoLongerHaveIsOver() throws Exception {
    blackout("10:00-12:00", Blackout.Mode.HOLD);
    world.start(action(1, "* * * * *", EACH)).pass(Duration.ofMinutes(1));
    try (Logged log = Logged.of(Decisions.class)) {
      world.calendars.use(Calendars.NONE);
      world.pass(Duration.ofMinutes(1));
      assertThat(log.lines()).containsExactly("the blackout is over: what waits is delivered");
    }
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:01:00", "1@10:02:00");
  }

  @Test
  void theEngineWakesUpWhenABlackoutEndsThoughNothingIsDueThen() throws Exception {
    blackout("10:01:30-10:02:40", Blackout.Mode.HOLD);
    world.start(action(1, "2 * * * *", EACH));
    world.pass(Duration.ofSeconds(159)); // until 10:02:39.5
    assertThat(world.callback.delivered()).isEmpty();
    world.clock.set(Instant.parse("2026-03-02T10:02:40Z"));
    await().until(world::ringIfAsked); // without a question to the engine, which would wake it up
    world.settle();
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:02:00");
  }

  @Test
  void aClockThatIsSetBackIntoABlackoutDeliversNothingBeforeItsEnd() throws Exception {
    blackout("09:00-09:30", Blackout.Mode.HOLD);
    world.start(action(1, "* * * * *", EACH)).pass(Duration.ofMinutes(1));
    world.clock.set(Instant.parse("2026-03-02T09:10:30Z"));
    world.engine().clockStepped(Duration.ofMinutes(-50));
    world.edit(action(2, "* * * * *", EACH)).pass(Duration.ofMinutes(19));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:01:00");
    world.pass(Duration.ofMinutes(1));
    assertThat(world.callback.deliveredTimes()).contains("2@09:11:00", "2@09:30:00");
  }

  @Test
  void aBlackoutThatSkipsExcludesTheFiresThatLieInIt() throws Exception {
    blackout("10:02-10:04", Blackout.Mode.SKIP);
    world.start(action(1, "* * * * *", EACH));
    world.pass(Duration.ofSeconds(270));

    assertThat(ledger())
        .containsExactly("delivered 10:01 x1", "excluded 10:02 x2", "delivered 10:04 x1");
    assertThat(world.store.runs())
        .filteredOn(run -> run.status() == Run.Status.EXCLUDED)
        .extracting(Run::output)
        .containsOnly("a blackout skips it");
  }

  @ParameterizedTest
  @EnumSource(Blackout.Mode.class)
  void retriesWaitForTheEndOfABlackoutInEitherMode(Blackout.Mode mode) throws Exception {
    blackout("10:01:02-10:01:30", mode);
    world.retry = new RetryPolicy(5, Duration.ofSeconds(5), 1);
    world.callback.answer(
        delivery -> delivery.attempt() == 1 ? CallbackException.refused("not now", null) : null);
    world.start(action(1, "* * * * *", EACH));
    world.pass(Duration.ofSeconds(88)); // until 10:01:28

    assertThat(world.callback.attempts()).hasSize(1);
    world.pass(Duration.ofSeconds(5));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:01:00");
  }

  @Test
  void whatComesNextIsWhatIsNotExcluded() throws Exception {
    calendar("10:01-10:30");
    world.start(minutely(EACH));

    assertThat(world.engine().upcoming(5).get())
        .extracting(one -> one.nextAt().toString())
        .containsExactly("2026-03-02T10:30:00Z");
  }
}
