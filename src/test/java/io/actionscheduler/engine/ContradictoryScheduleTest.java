package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.fire.BacklogDecision;
import io.actionscheduler.fire.DecidedBacklog;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.schedule.Schedule;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.testing.Logged;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No schedule, whatever it answers, keeps the others from firing. */
@Tag("time")
@Timeout(60)
class ContradictoryScheduleTest {
  private static final MissedPolicy EACH = MissedPolicy.of(false, -1);
  private static final Instant LAST_MISSED = Instant.parse("2026-03-02T10:00:29Z");
  private static final Instant STARTED = Instant.parse("2026-03-02T10:00:00.500Z");

  private final EngineWorld world = new EngineWorld();
  private Logged log;

  @BeforeEach
  void listen() {
    log = Logged.of(FaultyActions.class);
  }

  @AfterEach
  void close() throws Exception {
    log.close();
    world.stop(); // what such a schedule had cannot be accounted for
    assertThat(world.defects).isEmpty();
  }

  /** What can be wrong with a schedule. */
  private static final Map<String, Schedule> SCHEDULES =
      Map.of(
          "previous disagrees with next",
          schedule(after -> Optional.of(after.plusSeconds(2)), at -> Optional.of(STARTED), 1),
          "next is not later",
          schedule(Optional::of, Optional::of, 1),
          "next goes back",
          schedule(after -> Optional.of(after.minusSeconds(1)), Optional::of, 1),
          "it has no last time",
          schedule(after -> Optional.of(after.plusSeconds(1)), at -> Optional.empty(), 1),
          "previous is later",
          schedule(
              after -> Optional.of(after.plusSeconds(1)), at -> Optional.of(at.plusSeconds(9)), 1),
          "the count is negative",
          schedule(after -> Optional.of(after.plusSeconds(1)), Optional::of, -3),
          "the count is 0",
          schedule(after -> Optional.of(after.plusSeconds(1)), Optional::of, 0),
          "previous has times that next has not",
          schedule(after -> Optional.of(after.plusSeconds(1)), Optional::of, 1),
          "it fails",
          schedule(
              after -> {
                throw new IllegalStateException("no such month");
              },
              Optional::of,
              1));

  private interface Asked {
    Optional<Instant> answer(Instant instant);
  }

  private static Schedule schedule(Asked next, Asked previous, long count) {
    return new Schedule() {
      @Override
      public Optional<Instant> next(Instant after) {
        return next.answer(after);
      }

      @Override
      public Optional<Instant> previous(Instant at) {
        return previous.answer(at);
      }

      @Override
      public long count(Instant after, Instant upTo) {
        return count;
      }
    };
  }

  private static Action faulty(Schedule schedule, Overlap overlap, MissedPolicy missed) {
    return action(1, "* * * * * *", missed, overlap, true, "other")
        .with(new Timing("strange", ZoneOffset.UTC, Duration.ZERO, schedule));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "previous disagrees with next",
        "next is not later",
        "next goes back",
        "it has no last time",
        "previous is later",
        "the count is negative",
        "the count is 0",
        "previous has times that next has not",
        "it fails"
      })
  void theOthersFireOnTime(String fault) throws Exception {
    for (Overlap overlap : Overlap.values()) {
      Action strange = faulty(SCHEDULES.get(fault), overlap, MissedPolicy.of(true, 60));
      world.start(strange, action(2, "* * * * * *", EACH));
      world.pass(Duration.ofSeconds(2)).sleep(Duration.ofSeconds(30)).pass(Duration.ofSeconds(2));
      world.stop();
    }
    assertThat(world.callback.deliveredTimes())
        .contains("2@10:00:01", "2@10:00:02", "2@10:00:31", "2@10:01:42")
        .doesNotHaveDuplicates();
  }

  @Test
  void theActionIsRejectedOnceWithItsReasonAndFiresWithAnotherSchedule() throws Exception {
    Action strange = faulty(SCHEDULES.get("it has no last time"), Overlap.QUEUE, EACH);
    world.start(strange);
    world.sleep(Duration.ofSeconds(30)).pass(Duration.ofSeconds(5));
    assertThat(log.lines())
        .singleElement()
        .asString()
        .startsWith("action 1 \"name1\": cron strange in Z contradicts itself: it fires at ")
        .contains("its last time up to 2026-03-02T10:00:30.500Z is none", "rejected");
    world.edit(action(1, "* * * * * *", EACH, Overlap.QUEUE, true, "other"));
    world.pass(Duration.ofSeconds(1));
    assertThat(world.other.deliveredTimes()).containsExactly("1@10:00:36");
  }

  /** An action of each second, whose fires are counted by {@code count}. */
  private static Action miscounted(Action good, ToLongFunction<Instant> count) {
    Schedule miscounted =
        new Schedule() {
          @Override
          public Optional<Instant> next(Instant after) {
            return good.timing().schedule().next(after);
          }

          @Override
          public Optional<Instant> previous(Instant at) {
            return good.timing().schedule().previous(at);
          }

          @Override
          public long count(Instant after, Instant upTo) {
            return count.applyAsLong(upTo);
          }
        };
    return good.with(new Timing("* * * * * *", ZoneOffset.UTC, Duration.ZERO, miscounted));
  }

  /**
   * An action of each second was down for half a minute; its fires are counted by {@code count}.
   */
  private void startWithHeldFires(ToLongFunction<Instant> count) throws Exception {
    Action good = action(1, "* * * * * *", EACH, Overlap.QUEUE, true, "other");
    world.holdBacklog = Optional.of(Duration.ofMinutes(10));
    world.start(good);
    world.stop();
    world.clock.advance(Duration.ofSeconds(30));
    world.start(miscounted(good, count));
  }

  /** Its missed fires are counted twice: when they are found, and when they are held. */
  @Test
  void anActionWhoseMissedFiresCannotBeCountedIsNotHeld() throws Exception {
    startWithHeldFires(upTo -> upTo.getNano() == 0 ? -1 : 30);
    assertThat(world.status().hold()).isEmpty();
    world.pass(Duration.ofSeconds(1));
    assertThat(world.other.deliveredTimes()).contains("1@10:00:01", "1@10:00:31");
  }

  @Test
  void anActionWhoseMissedFiresCannotBeCountedASecondTimeIsNotHeld() throws Exception {
    AtomicLong asked = new AtomicLong();
    startWithHeldFires(upTo -> upTo.equals(LAST_MISSED) && asked.incrementAndGet() == 2 ? -1 : 30);
    assertThat(world.status().hold()).isEmpty();
    world.pass(Duration.ofSeconds(1));
    assertThat(world.other.deliveredTimes()).contains("1@10:00:01", "1@10:00:31");
  }

  private void decide(Instant upTo) throws Exception {
    ProgressKey key = new ProgressKey(ActionId.of(1), "other");
    DecidedBacklog drop = new DecidedBacklog(key, upTo, BacklogDecision.DROP, upTo);
    world.engine().decide(List.of(drop)).get(60, TimeUnit.SECONDS);
  }

  @Test
  void anActionWhoseDroppedFiresCannotBeCountedIsRejected() throws Exception {
    AtomicLong count = new AtomicLong(30);
    startWithHeldFires(upTo -> count.get());
    assertThat(world.status().held()).isEqualTo(1);
    count.set(-1);
    Instant upTo = Instant.parse("2026-03-02T10:00:30Z");
    decide(upTo.minusSeconds(10));
    decide(upTo); // it is not asked again
    assertThat(log.lines()).singleElement().asString().contains("it has -1 times", "rejected");
  }

  @Test
  void anActionWhoseSkippedFiresCannotBeCountedIsRejectedWhenItsFireEnds() throws Exception {
    AtomicLong count = new AtomicLong();
    world.start(
        miscounted(action(1, "* * * * * *", EACH, Overlap.SKIP, true, "other"), to -> count.get()));
    world.other.hang();
    world.clock.advance(Duration.ofSeconds(1));
    world.ring();
    await().until(() -> world.other.attempts().size() == 1);
    world.pass(Duration.ofSeconds(3));
    count.set(-1);
    world.other.release();
    world.settle();
    assertThat(log.lines()).singleElement().asString().contains("it has -1 times", "rejected");
  }

  /** One nanosecond apart: each ring of the alarm would be followed by the next at once. */
  @Test
  void anActionThatFiresEachNanosecondIsRejectedAndTheOthersFireOnTime() throws Exception {
    Schedule each =
        new Schedule() {
          @Override
          public Optional<Instant> next(Instant after) {
            return Optional.of(after.plusNanos(1));
          }

          @Override
          public Optional<Instant> previous(Instant at) {
            return Optional.of(at);
          }

          @Override
          public long count(Instant after, Instant upTo) {
            return Math.max(0, Duration.between(after, upTo).toNanos());
          }
        };
    world.start(
        faulty(each, Overlap.QUEUE, MissedPolicy.of(true, 60)), action(2, "* * * * * *", EACH));
    world.pass(Duration.ofSeconds(3));
    assertThat(log.lines())
        .singleElement()
        .asString()
        .startsWith(
            "action 1 \"name1\": cron strange in Z fires too often: at 2026-03-02T10:00:00.5")
        .contains("less than a second apart; it is rejected");
    assertThat(world.callback.deliveredTimes())
        .contains("2@10:00:01", "2@10:00:02", "2@10:00:03")
        .doesNotHaveDuplicates();
  }

  /** Answers at random: whatever they are, the engine goes on. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void answersAtRandomStopNobody(long seed) throws Exception {
    Random random = new Random(seed);
    Asked any =
        at -> {
          int kind = random.nextInt(20);
          return kind == 0
              ? Optional.empty()
              : Optional.of(at.plusMillis(kind == 1 ? 0 : random.nextInt(9_000) - 3_000));
        };
    Schedule schedule =
        new Schedule() {
          @Override
          public Optional<Instant> next(Instant after) {
            return any.answer(after).map(at -> at.isAfter(after) ? at : after.plusSeconds(1));
          }

          @Override
          public Optional<Instant> previous(Instant at) {
            return any.answer(at).map(one -> one.isAfter(at) ? at : one);
          }

          @Override
          public long count(Instant after, Instant upTo) {
            return random.nextInt(5);
          }
        };
    Overlap overlap = Overlap.values()[(int) (seed % 3)];
    world.start(faulty(schedule, overlap, EACH), action(2, "* * * * * *", EACH));
    for (int i = 0; i < 5; i++) {
      world.pass(Duration.ofSeconds(2)).sleep(Duration.ofSeconds(random.nextInt(20)));
    }
    world.pass(Duration.ofSeconds(1));
    String last = "2@" + world.clock.instant().toString().substring(11, 19);
    assertThat(world.callback.deliveredTimes()).contains("2@10:00:01", "2@10:00:02", last);
  }
}
