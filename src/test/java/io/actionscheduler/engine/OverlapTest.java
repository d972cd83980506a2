package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.action.RetryPolicy;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.engine.record.FireLog;
import io.actionscheduler.fire.LedgerEntry;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.testing.Logged;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What falls due while the fire before it is under way. */
@Tag("time")
@Timeout(60)
class OverlapTest {
  private static final MissedPolicy EACH = MissedPolicy.of(false, -1);

  private final EngineWorld world = new EngineWorld();
  private final Logged log = Logged.of(FireLog.class);

  @AfterEach
  void close() throws Exception {
    log.close();
    world.close();
  }

  @Test
  void whatFallsDueWhileTheFireBeforeRunsWaitsOrIsSkipped() throws Exception {
    world.start(
        action(1, "* * * * * *", EACH, Overlap.QUEUE, true, "main"),
        action(2, "* * * * * *", EACH, Overlap.SKIP, true, "main"));
    world.callback.hang();
    world.clock.set(Instant.parse("2026-03-02T10:00:01Z"));
    world.ring();
    world.awaitAttempts(2);
    world.clock.set(Instant.parse("2026-03-02T10:00:04.500Z"));
    world.callback.release();
    await().until(() -> world.settle().callback.delivered().size() >= 5);
    assertThat(world.callback.deliveredTimes())
        .containsSubsequence("1@10:00:01", "1@10:00:02", "1@10:00:03", "1@10:00:04")
        .contains("2@10:00:01")
        .doesNotContain("2@10:00:02", "2@10:00:03", "2@10:00:04");
    assertThat(world.store.runs())
        .filteredOn(run -> run.status() == Run.Status.SKIPPED)
        .extracting(Run::fires)
        .containsExactly(new Stretch(on("02"), on("04"), 3));
    assertThat(log.lines()).anyMatch(line -> line.contains("action 2") && line.contains("skipped"));
  }

  @Test
  void whereOverlapIsAllowedFiresRunSideBySideAndProgressIsBehindTheOldest() throws Exception {
    Action action = action(1, "* * * * * *", EACH, Overlap.ALLOW, true, "main");
    world.start(action);
    world.callback.hang();
    for (int second = 1; second <= 2; second++) {
      world.clock.set(Instant.parse("2026-03-02T10:00:00Z").plusSeconds(second));
      world.ring();
      world.awaitAttempts(second); // the callback takes two at a time
    }
    assertThat(world.store.of("1").orElseThrow().settledUntil()).isBefore("2026-03-02T10:00:01Z");
    world.callback.release();
    world.pass(Duration.ofSeconds(2));
    assertThat(world.callback.deliveredTimes())
        .containsExactlyInAnyOrder("1@10:00:01", "1@10:00:02", "1@10:00:03", "1@10:00:04");
    assertThat(world.store.of("1").orElseThrow().settledUntil()).isEqualTo("2026-03-02T10:00:04Z");
  }

  @Test
  void aFireInRetryDoesNotHoldUpThoseBesideIt() throws Exception {
    Instant first = Instant.parse("2026-03-02T10:00:01Z");
    world.callback.answer(
        d -> d.fire().scheduledAt().equals(first) ? CallbackException.refused("no", null) : null);
    world.start(action(1, "* * * * * *", EACH, Overlap.ALLOW, true, "main"));
    world.pass(Duration.ofMillis(2500));
    assertThat(world.callback.deliveredTimes()).contains("1@10:00:02", "1@10:00:03");
    world.callback.takeAll();
    world.pass(Duration.ofSeconds(5));
    assertThat(world.callback.deliveredTimes()).contains("1@10:00:01").doesNotHaveDuplicates();
    assertThat(world.store.of("1").orElseThrow().settledUntil()).isAfter("2026-03-02T10:00:06Z");
  }

  @Test
  void whereOverlapIsAllowedWhatWasMissedRunsSideBySideToo() throws Exception {
    Action action = action(1, "* * * * * *", EACH, Overlap.ALLOW, true, "main");
    world.start(action);
    world.stop();
    world.clock.advance(Duration.ofSeconds(5));
    world.callback.hang();
    world.callback.concurrency(6); // half of them for what is late
    world.start(action).ring();
    world.awaitAttempts(3);
    world.callback.release();
    world.pass(Duration.ofSeconds(2));
    assertThat(world.callback.deliveredTimes()).hasSize(7).doesNotHaveDuplicates();
    assertThat(world.store.of("1").orElseThrow().settledUntil()).isEqualTo("2026-03-02T10:00:07Z");
  }

  @Test
  void anEditStartsNothingMoreOfTheOldScheduleWhereFiresOverlap() throws Exception {
    world.start(action(1, "* * * * * *", EACH, Overlap.ALLOW, true, "main"));
    world.callback.hang();
    world.clock.set(Instant.parse("2026-03-02T10:00:01Z"));
    world.ring();
    world.awaitAttempts(1);
    world.edit(action(1, "0 * * * * *", EACH, Overlap.ALLOW, true, "main"));
    for (int second = 2; second <= 4; second++) {
      world.clock.set(Instant.parse("2026-03-02T10:00:00Z").plusSeconds(second));
      world.ring();
    }
    world.callback.release();
    world.pass(Duration.ofSeconds(60));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:00:01", "1@10:01:00");
  }

  @Test
  void whereOverlapIsAllowedNoMoreMissedFiresAreDeliveredThanTheCapSays() throws Exception {
    Action action = action(1, "* * * * * *", EACH, Overlap.ALLOW, true, "main");
    world.catchUpMax = Optional.of(3L);
    world.callback.concurrency(8);
    world.start(action);
    world.stop();
    world.clock.advance(Duration.ofSeconds(10));
    world.start(action).pass(Duration.ofMillis(500));
    assertThat(world.callback.deliveredTimes())
        .containsExactlyInAnyOrder(
            "1@10:00:07", "1@10:00:08", "1@10:00:09", "1@10:00:10", "1@10:00:11");
    assertThat(world.store.ledger())
        .extracting(entry -> entry.outcome() + " " + entry.stretch().count())
        .containsExactly("expired 6");
  }

  @Test
  void whereOverlapIsAllowedTheRuleRunsOverWhatWaitedForAnUnavailableTarget() throws Exception {
    Action merging =
        action(1, "* * * * * *", MissedPolicy.of(true, -1), Overlap.ALLOW, true, "main");
    world.callback.answer(d -> CallbackException.unavailable("gone", null));
    world.start(merging).pass(Duration.ofSeconds(20));
    world.callback.takeAll();
    world.pass(Duration.ofSeconds(20));
    long late =
        world.callback.delivered().stream()
            .filter(d -> d.fire().scheduledAt().isBefore(Instant.parse("2026-03-02T10:00:20Z")))
            .count();
    assertThat(late).as("those that merged are not delivered one by one").isLessThan(5);
    assertThat(world.callback.deliveredTimes()).contains("1@10:00:38").doesNotHaveDuplicates();
  }

  @Test
  void whatMergedIntoFiresThatOverlapIsAccountedForInOrderWhicheverEndsFirst() throws Exception {
    world.retry = new RetryPolicy(5, Duration.ofMinutes(1), 2);
    world.callback.concurrency(6);
    Set<Instant> refused = Set.of(on("01"), on("06"));
    world.callback.answer(
        d ->
            refused.contains(d.fire().scheduledAt())
                ? CallbackException.refused("no", null)
                : null);
    Action action =
        action(1, "* * * * * *", MissedPolicy.of(true, -1), Overlap.ALLOW, true, "main");
    world.start(action).pass(Duration.ofSeconds(1));
    world.sleep(Duration.ofSeconds(5)); // what it missed merges into the fire at 06, in retry
    world.sleep(Duration.ofSeconds(5)); // and then into the one at 11, which is delivered
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:00:11");
    world.callback.takeAll();
    world.sleep(Duration.ofMinutes(2));
    assertThat(world.store.ledger())
        .extracting(LedgerEntry::outcome, LedgerEntry::stretch)
        .startsWith(
            tuple(Outcome.DELIVERED, Stretch.of(on("01"))),
            tuple(Outcome.MERGED, new Stretch(on("02"), on("05"), 4)),
            tuple(Outcome.DELIVERED, Stretch.of(on("06"))),
            tuple(Outcome.MERGED, new Stretch(on("07"), on("10"), 4)),
            tuple(Outcome.DELIVERED, Stretch.of(on("11"))));
  }

  /** Its retry is due while the machine sleeps; nothing else of the action is due after that. */
  @Test
  void aFireBesideOthersThatIsTooOldWhenItsRetryIsDueIsSettled() throws Exception {
    world.retry = new RetryPolicy(5, Duration.ofSeconds(20), 2);
    world.callback.answer(
        d ->
            d.fire().scheduledAt().equals(on("01")) ? CallbackException.refused("no", null) : null);
    world.start(
        action(1, "1,2 0 10 * * *", MissedPolicy.of(false, 60), Overlap.ALLOW, true, "main"));
    world.pass(Duration.ofSeconds(3)).sleep(Duration.ofMinutes(2));
    assertThat(world.store.of("1").orElseThrow().settledUntil()).isEqualTo(on("02"));
    assertThat(world.store.runs())
        .filteredOn(run -> run.status() == Run.Status.FAILED)
        .extracting(Run::error)
        .containsExactly("no longer actual; last error: no");
  }

  private static Instant on(String second) {
    return Instant.parse("2026-03-02T10:00:" + second + "Z");
  }

  /** The first is in retry, so that the second ends before it. */
  @Test
  void firesThatEndedBesideAnotherAreAheadOfAClockThatIsSetBackBeforeThem() throws Exception {
    world.callback.answer(
        d ->
            d.fire().scheduledAt().equals(on("01")) ? CallbackException.refused("no", null) : null);
    Action action = action(1, "1,2 0 10 * * *", EACH, Overlap.ALLOW, true, "main");
    world.start(action).pass(Duration.ofSeconds(2));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@10:00:02");
    world.callback.takeAll();
    world.pass(Duration.ofSeconds(10));
    assertThat(world.store.of("1").orElseThrow().settledUntil()).isEqualTo(on("02"));
    assertThat(world.ahead(List.of(action.id()), on("02").minusMillis(500)).get(60, SECONDS))
        .containsExactly(Map.entry(action.id(), on("02")));
  }
}
