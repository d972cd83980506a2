package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.engine.record.FireLog;
import io.actionscheduler.fire.Account;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.OpenFire;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.RunListener;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.testing.Logged;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What failed for good is handed over by itself: its action goes on. */
@Tag("time")
@Timeout(60)
class DeadLetterTest {
  private static final MissedPolicy EACH = MissedPolicy.of(false, -1);
  private static final Instant FIRST = Instant.parse("2026-03-02T10:00:01Z");

  private final EngineWorld world = new EngineWorld();

  @BeforeEach
  void firstFails() {
    world.deadLetter = Optional.of("other");
    world.callback.answer(
        d ->
            d.fire().scheduledAt().equals(FIRST)
                ? CallbackException.permanent("no such address", null)
                : null);
  }

  @AfterEach
  void close() throws Exception {
    world.close();
  }

  private void unavailable() {
    world.other.answer(d -> CallbackException.unavailable("connection refused", null));
  }

  @Test
  void anUnavailableTargetOfADeadLetterDoesNotSilenceTheActionBehindIt() throws Exception {
    unavailable();
    world.start(action(1, "* * * * * *", EACH)).pass(Duration.ofSeconds(5));
    assertThat(world.callback.deliveredTimes())
        .containsExactly("1@10:00:02", "1@10:00:03", "1@10:00:04", "1@10:00:05");
    assertThat(world.store.of("1").orElseThrow().settledUntil())
        .isAfterOrEqualTo(FIRST.plusSeconds(4));
    assertThat(world.store.deadLetters())
        .singleElement()
        .satisfies(letter -> assertThat(letter.fire().scheduledAt()).isEqualTo(FIRST));
    world.other.takeAll();
    world.pass(Duration.ofSeconds(60));
    assertThat(world.other.deliveredTimes()).containsExactly("1@10:00:01");
    assertThat(world.store.deadLetters()).isEmpty();
    assertThat(world.store.runs())
        .filteredOn(run -> run.status() == Run.Status.FAILED)
        .singleElement()
        .satisfies(run -> assertThat(run.error()).isEqualTo("no such address"));
  }

  /** Who counts failures learns of it at once, and the history when the dead letter is over. */
  @Test
  void aFailureIsToldWhenItHappensAndOnceMoreWhenItsDeadLetterIsTaken() throws Exception {
    List<String> told = new ArrayList<>();
    unavailable();
    world
        .boot()
        .engine()
        .tell(
            new RunListener() {
              @Override
              public void ended(Run run) {
                told.add(run.status() + " " + run.fireId());
              }

              @Override
              public void failed(Run run) {
                told.add("failed: " + run.error() + " at attempt " + run.attempts());
              }

              @Override
              public void handedOver(Run run) {
                told.add("handed over " + run.status() + " " + run.fireId());
              }
            });
    world.begin(action(1, "* * * * * *", EACH)).pass(Duration.ofSeconds(2));
    assertThat(told)
        .containsExactly("failed: no such address at attempt 1", "success 1@2026-03-02T10:00:02Z");
    world.other.takeAll();
    world.pass(Duration.ofSeconds(60));
    assertThat(told)
        .filteredOn(line -> !line.startsWith("success"))
        .containsExactly(
            "failed: no such address at attempt 1", "handed over failed 1@2026-03-02T10:00:01Z");
  }

  @Test
  void aLineNamesWhatWaitsForWhichCallbackOnceEach() throws Exception {
    unavailable();
    world.callback.answer(d -> CallbackException.permanent("no such address", null));
    try (Logged log = Logged.of(FireLog.class)) {
      world.start(action(1, "* * * * *", EACH)).pass(Duration.ofMinutes(5));
      assertThat(log.lines())
          .filteredOn(line -> line.contains("waits for callback other"))
          .hasSize(5)
          .first()
          .asString()
          .isEqualTo(
              "dead letter 1@2026-03-02T10:01:00Z of action 1 \"name1\" waits for callback other,"
                  + " which is unavailable: connection refused; its action continues");
    }
    world.other.takeAll();
    world.pass(Duration.ofMinutes(2));
  }

  @Test
  void whatWaitsSurvivesACrashAndTheActionGoesOnAfterIt() throws Exception {
    unavailable();
    world.start(action(1, "* * * * * *", EACH)).pass(Duration.ofSeconds(3));
    world.kill();
    world.start(action(1, "* * * * * *", EACH)).pass(Duration.ofSeconds(3));
    assertThat(world.callback.deliveredTimes()).endsWith("1@10:00:05", "1@10:00:06");
    assertThat(world.store.deadLetters()).hasSize(1);
    world.other.takeAll();
    world.pass(Duration.ofSeconds(60));
    assertThat(world.other.deliveredTimes()).containsExactly("1@10:00:01");
  }

  @Test
  void itIsHandedOverThoughItsActionWasEditedDisabledOrRemoved() throws Exception {
    unavailable();
    world.start(action(1, "* * * * * *", EACH)).pass(Duration.ofSeconds(2));
    world.edit(action(1, "*/2 * * * * *", EACH)).pass(Duration.ofSeconds(1));
    world.edit(action(1, "*/2 * * * * *", EACH, Overlap.QUEUE, false, "main"));
    world.edit().pass(Duration.ofSeconds(1));
    world.other.takeAll();
    world.pass(Duration.ofSeconds(60));
    assertThat(world.other.deliveredTimes()).containsExactly("1@10:00:01");
  }

  @Test
  void oneWhoseActionIsGoneAfterARestartHasFailed() throws Exception {
    unavailable();
    world.start(action(1, "* * * * * *", EACH)).pass(Duration.ofSeconds(2));
    world.stop();
    world.start().pass(Duration.ofSeconds(2));
    assertThat(world.store.deadLetters()).isEmpty();
    assertThat(world.store.runs())
        .anyMatch(run -> run.error().contains("no such address; not handed to a dead letter"));
  }

  @Test
  void oneThatIsRefusedIsTriedAgainAsItsCallbackSaysAndThenFails() throws Exception {
    world.other.answer(d -> CallbackException.refused("queue is full", null));
    try (Logged log = Logged.of(FireLog.class)) {
      world.start(action(1, "* * * * * *", EACH)).pass(Duration.ofSeconds(20));
      assertThat(log.lines())
          .filteredOn(line -> line.contains("failed permanently"))
          .extracting(line -> line.substring(line.indexOf(" attempts: ")))
          .containsExactly(
              " attempts: no such address",
              " attempts: no such address; not taken as dead letter: all 2 retries failed: queue is"
                  + " full");
    }
    assertThat(world.other.attempts()).hasSize(3);
    assertThat(world.store.deadLetters()).isEmpty();
    assertThat(world.store.runs())
        .filteredOn(run -> run.status() == Run.Status.FAILED)
        .singleElement()
        .satisfies(
            run ->
                assertThat(run.error())
                    .startsWith("no such address; not taken as dead letter: all 2 retries failed"));
  }

  @Test
  void oneInRetryIsTriedAgainThoughTheClockIsSetBack() throws Exception {
    world.other.answer(d -> CallbackException.refused("queue is full", null));
    world.start(action(1, "* * * * * *", EACH)).pass(Duration.ofMillis(600));
    assertThat(world.other.attempts()).hasSize(1);
    world.other.takeAll();
    world.clock.advance(Duration.ofHours(-1));
    world.engine().clockStepped(Duration.ofHours(-1));
    world.pass(Duration.ofSeconds(5));
    assertThat(world.other.deliveredTimes()).containsExactly("1@10:00:01");
  }

  @Test
  void beyondTenThousandThatWaitAFireHasJustFailedUntilTheyAreTaken() throws Exception {
    unavailable();
    world.callback.answer(d -> CallbackException.permanent("no such address", null));
    Action[] table = new Action[10_001];
    for (int id = 1; id <= table.length; id++) {
      table[id - 1] = action(id, "1,9 10 * * *", EACH);
    }
    try (Logged log = Logged.of(FireLog.class)) {
      world.start(table).pass(Duration.ofMinutes(1));
      assertThat(world.store.deadLetters()).hasSize(10_000);
      assertThat(world.store.runs())
          .filteredOn(run -> !run.error().equals("no such address"))
          .singleElement()
          .satisfies(
              run ->
                  assertThat(run.error())
                      .isEqualTo(
                          "no such address; not handed to other: 10000 dead letters wait for it"
                              + " already"));
      assertThat(log.lines().stream().mapToInt(DeadLetterTest::failures).sum()).isEqualTo(10_001);
      world.other.takeAll();
      world.clock.set(Instant.parse("2026-03-02T10:05:00Z"));
      world.settle();
      assertThat(world.other.delivered()).hasSize(10_000);
      world.clock.set(Instant.parse("2026-03-02T10:09:00Z"));
      world.settle();
      assertThat(world.other.delivered()).hasSize(20_001);
      assertThat(log.lines()).as("one line for each batch").hasSizeLessThan(1_000);
    }
  }

  /** How many fires failed by a line of the log, which describes the first of them. */
  private static int failures(String line) {
    if (!line.contains("failed permanently")) {
      return 0;
    }
    Matcher more = Pattern.compile(" \\(and (\\d+) more like it\\)$").matcher(line);
    return more.find() ? 1 + Integer.parseInt(more.group(1)) : 1;
  }

  @Test
  void oneOfAnEarlierVersionIsStoredAnewBeforeItIsTaken() throws Exception {
    putOneOfAnEarlierVersion();
    world.other.hang();
    world.start(action(1, "* * * * * *", MissedPolicy.of(true, -1)));
    await().until(() -> !world.store.deadLetters().isEmpty());
    assertThat(world.store.of("1").orElseThrow().open()).isEmpty();
    world.other.release();
    await().until(() -> world.settle().store.deadLetters().isEmpty());
    assertThat(world.other.deliveredTimes()).containsExactly("1@09:59:01");
  }

  @Test
  void oneOfAnEarlierVersionGoesOnByItself() throws Exception {
    putOneOfAnEarlierVersion();
    unavailable();
    world.start(action(1, "* * * * * *", MissedPolicy.of(true, -1))).pass(Duration.ofSeconds(3));
    assertThat(world.callback.deliveredTimes()).contains("1@10:00:02", "1@10:00:03");
    assertThat(world.store.ledger())
        .first()
        .satisfies(entry -> assertThat(entry.outcome()).isEqualTo(Outcome.FAILED))
        .satisfies(
            entry -> assertThat(entry.stretch()).isEqualTo(Stretch.of(FIRST.minusSeconds(60))));
    assertThat(world.store.deadLetters())
        .extracting(letter -> letter.fire().scheduledAt())
        .as("both survive a crash")
        .containsExactlyInAnyOrder(FIRST.minusSeconds(60), FIRST);
    assertThat(world.callback.attempts())
        .as("its own callback is not handed it again")
        .noneMatch(attempt -> attempt.fire().scheduledAt().equals(FIRST.minusSeconds(60)));
    world.other.takeAll();
    world.pass(Duration.ofSeconds(60));
    assertThat(world.other.deliveredTimes()).contains("1@09:59:01");
    assertThat(world.store.ledger())
        .anyMatch(entry -> entry.outcome() == Outcome.FAILED && entry.stretch().count() == 1);
  }

  /** In the place of a fire in retry. */
  private void putOneOfAnEarlierVersion() {
    world.store.put(
        new Progress(
            new ProgressKey(action(1, "* * * * *", EACH).id(), "main"),
            FIRST.minusSeconds(61),
            "* * * * * *",
            "Z",
            false,
            Account.begun(FIRST.minusSeconds(61)),
            Optional.of(
                new OpenFire(
                    FIRST.minusSeconds(60),
                    Cause.SCHEDULE,
                    Optional.empty(),
                    3,
                    0,
                    FIRST.minusSeconds(60),
                    false,
                    "bad address",
                    true))));
  }

  @Test
  void oneInRetryHasItsRemainingRetriesAfterACrashAndNoMore() throws Exception {
    world.other.answer(d -> CallbackException.refused("queue is full", null));
    world.start(action(1, "1 0 10 * * *", EACH)).pass(Duration.ofMillis(600));
    assertThat(world.other.attempts()).hasSize(1);
    assertThat(world.store.deadLetters())
        .singleElement()
        .satisfies(letter -> assertThat(letter.fire().refusals()).isEqualTo(1));
    world.kill();
    world.start(action(1, "1 0 10 * * *", EACH)).pass(Duration.ofSeconds(20));
    assertThat(world.other.attempts()).hasSize(3);
  }

  @Test
  void whatFellDueWhileItsFireRanUntilItFailedIsSkipped() throws Exception {
    world.start(action(1, "* * * * * *", EACH, Overlap.SKIP, true, "main"));
    world.callback.hang();
    world.clock.set(FIRST);
    world.ring();
    world.awaitAttempts(1);
    world.clock.set(FIRST.plusMillis(3500));
    world.callback.release();
    world.settle();
    assertThat(world.store.runs())
        .filteredOn(run -> run.status() == Run.Status.SKIPPED)
        .extracting(Run::fires)
        .containsExactly(new Stretch(FIRST.plusSeconds(1), FIRST.plusSeconds(3), 3));
    assertThat(world.callback.delivered()).isEmpty();
    assertThat(world.other.deliveredTimes()).containsExactly("1@10:00:01");
  }
}
