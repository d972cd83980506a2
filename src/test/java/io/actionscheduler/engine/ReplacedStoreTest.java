package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.engine.intake.ReplacedStore;
import io.actionscheduler.fire.Account;
import io.actionscheduler.fire.LedgerEntry;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.testing.Logged;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A backup that takes the place of the store under a running engine. */
@Tag("time")
@Timeout(60)
class ReplacedStoreTest {
  private static final MissedPolicy EACH = MissedPolicy.of(false, -1);

  private final EngineWorld world = new EngineWorld();

  @AfterEach
  void close() throws Exception {
    world.close();
    assertThat(world.defects).isEmpty();
  }

  @Test
  void progressNeverGoesBackAndTheStoreSoonHasItAgain() throws Exception {
    Action each = action(1, "* * * * * *", EACH);
    Action rare = action(2, "0 0 * * *", EACH);
    world.start(each, rare).pass(Duration.ofSeconds(2));
    FakeStore backup = world.store.backup();
    world.pass(Duration.ofSeconds(3));
    Progress before = world.store.of("1").orElseThrow();

    try (Logged log = Logged.of(ReplacedStore.class)) {
      world.store.putBack(backup);
      world.settle();
      assertThat(log.lines())
          .containsExactly(
              "the fake store was replaced; the scheduler continues with the present file: 1 of 2"
                  + " actions have fired since it was written, and their progress is now stored in it;"
                  + " nothing is delivered again");
    }
    assertThat(world.store.of("1")).contains(before);
    world.stop();
    world.start(each, rare).pass(Duration.ofSeconds(1));
    assertThat(world.callback.deliveredTimes())
        .containsExactly(
            "1@10:00:01", "1@10:00:02", "1@10:00:03", "1@10:00:04", "1@10:00:05", "1@10:00:06");
  }

  @Test
  void whatTheLedgerOfTheBackupHasStaysAndTheLatestStretchIsKept() throws Exception {
    world.start(action(1, "* * * * * *", EACH)).pass(Duration.ofSeconds(2));
    FakeStore backup = world.store.backup();
    world.callback.answer(d -> CallbackException.permanent("no such address", null));
    world.pass(Duration.ofSeconds(3));
    world.callback.takeAll();
    world.pass(Duration.ofSeconds(10));
    Progress before = world.store.of("1").orElseThrow();
    assertThat(before.account().outcome()).contains(Outcome.DELIVERED);

    world.store.putBack(backup);
    world.settle();
    Progress after = world.store.of("1").orElseThrow();
    assertThat(after.settledUntil()).isEqualTo(before.settledUntil());
    assertThat(after.account().first()).isEqualTo(before.account().first());
    assertThat(after.account().count()).isEqualTo(before.account().count());
    assertThat(after.account().begunAt()).isEqualTo(before.account().first().minusNanos(1_000));
    assertThat(world.store.ledger())
        .extracting(LedgerEntry::outcome, entry -> entry.stretch().count())
        .containsExactly(tuple(Outcome.DELIVERED, 2L));
    assertThat(world.store.versions())
        .singleElement()
        .satisfies(
            version ->
                assertThat(version.endedAt()).isEqualTo(Instant.parse("2026-03-02T10:00:02Z")));
  }

  /** Another process may have fired on that file meanwhile: what it did is not done again. */
  @Test
  void whatIsFurtherInTheOtherStoreIsTakenOver() throws Exception {
    Action each = action(1, "* * * * * *", EACH);
    world.start(each).pass(Duration.ofSeconds(2));
    FakeStore other = world.store.backup();
    Progress known = world.store.of("1").orElseThrow();
    Instant further = Instant.parse("2026-03-02T10:00:05Z");
    other.put(
        new Progress(
            known.key(),
            further,
            known.cron(),
            known.zone(),
            false,
            new Account(
                known.account().begunAt(),
                Optional.of(Outcome.DELIVERED),
                known.account().first(),
                5),
            Optional.empty()));
    world.store.putBack(other);
    world.settle().pass(Duration.ofSeconds(5));
    assertThat(world.callback.deliveredTimes())
        .containsExactly("1@10:00:01", "1@10:00:02", "1@10:00:06", "1@10:00:07");
  }

  @Test
  void aDeadLetterThatWasHandedOverSinceIsNotHandedOverAgain() throws Exception {
    world.deadLetter = Optional.of("other");
    world.callback.answer(d -> CallbackException.permanent("no such address", null));
    world.other.answer(d -> CallbackException.unavailable("connection refused", null));
    world.start(action(1, "0 * * * * *", EACH)).pass(Duration.ofSeconds(62));
    FakeStore backup = world.store.backup();
    assertThat(backup.deadLetters()).hasSize(1);
    world.other.takeAll();
    world.pass(Duration.ofSeconds(90));
    assertThat(world.other.deliveredTimes()).containsExactly("1@10:01:00", "1@10:02:00");
    world.other.answer(d -> CallbackException.unavailable("connection refused", null));
    world.pass(Duration.ofSeconds(60));

    world.store.putBack(backup);
    world.settle();
    assertThat(world.store.deadLetters())
        .extracting(letter -> letter.fire().scheduledAt())
        .containsExactly(Instant.parse("2026-03-02T10:03:00Z"));
  }
}
