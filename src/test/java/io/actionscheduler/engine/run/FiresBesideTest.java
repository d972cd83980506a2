package io.actionscheduler.engine.run;

import static io.actionscheduler.engine.run.MinutelyAction.NOON;
import static io.actionscheduler.engine.run.MinutelyAction.minute;
import static io.actionscheduler.engine.run.MinutelyAction.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.action.Policy;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.Fire;
import io.actionscheduler.fire.OpenFire;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A minutely action whose fires may overlap; minutes are counted from noon. */
class FiresBesideTest {
  private final ActionProgress main = progress("main");
  private final FiresBeside beside = new FiresBeside(NOON);

  private static Action action() {
    return MinutelyAction.with(
        new Policy(
            true, MissedPolicy.of(false, -1), Overlap.ALLOW, List.of("main"), Optional.empty()));
  }

  private static ActionProgress progress(String callback) {
    ActionProgress progress = new ActionProgress(action(), callback);
    progress.resume(stored(callback, Optional.empty()));
    return progress;
  }

  private FireBeside start(int minute) {
    FireBeside fire = new FireBeside(main, minute(minute), false);
    beside.start(fire);
    return fire;
  }

  private static Fire fire(int minute) {
    return new Fire(action(), minute(minute), Cause.SCHEDULE, Optional.empty(), "");
  }

  private List<Instant> unsettled() {
    return beside.unsettled().stream().map(FireBeside::scheduledAt).toList();
  }

  /** Ends the schedule, and gives its ledger as text. */
  private List<String> ledger() {
    main.endVersion("* * * * *", "Z", main.settledUntil());
    return main.takeClosed().orElseThrow().stretches().stream()
        .map(entry -> text(entry.outcome(), entry.stretch()))
        .toList();
  }

  private static String text(Outcome outcome, Stretch stretch) {
    return outcome
        + " "
        + Duration.between(NOON, stretch.first()).toMinutes()
        + "-"
        + Duration.between(NOON, stretch.last()).toMinutes()
        + " "
        + stretch.count();
  }

  @Test
  void progressStaysBeforeTheOldestUnsettledFire() {
    start(1);
    start(2);
    start(3);
    assertThat(beside.startedUntil()).isEqualTo(minute(3));
    beside.settle(fire(2), Outcome.DELIVERED, Outcome.MERGED);
    beside.absorbInto(main);
    assertThat(main.settledUntil()).isEqualTo(NOON);
    assertThat(unsettled()).containsExactly(minute(1), minute(3));
    beside.settle(fire(1), Outcome.FAILED, Outcome.MERGED);
    beside.absorbInto(main);
    assertThat(main.settledUntil()).isEqualTo(minute(2));
    assertThat(beside.isEmpty()).isFalse();
    beside.settle(fire(3), Outcome.DELIVERED, Outcome.MERGED);
    beside.absorbInto(main);
    assertThat(beside.isEmpty()).isTrue();
    assertThat(ledger()).containsExactly("failed 1-1 1", "delivered 2-3 2");
  }

  @Test
  void neighboursOfOneOutcomeAreOneStretchOnBothSides() {
    start(1);
    start(2);
    start(3);
    start(4);
    start(5);
    beside.settle(fire(2), Outcome.DELIVERED, Outcome.MERGED);
    beside.settle(fire(4), Outcome.DELIVERED, Outcome.MERGED);
    beside.settle(fire(3), Outcome.DELIVERED, Outcome.MERGED);
    beside.settle(fire(1), Outcome.FAILED, Outcome.MERGED);
    beside.absorbInto(main);
    assertThat(unsettled()).containsExactly(minute(5));
    assertThat(ledger()).containsExactly("failed 1-1 1", "delivered 2-4 3");
  }

  @Test
  void whatMergedIntoAFireHasItsOwnOutcome() {
    Stretch merged = new Stretch(minute(1), minute(3), 3);
    FireBeside late = new FireBeside(main, minute(4), true);
    beside.start(late);
    start(5);
    beside.settle(
        new Fire(action(), minute(4), Cause.CATCH_UP, Optional.of(merged), ""),
        Outcome.DELIVERED,
        Outcome.MERGED);
    beside.absorbInto(main);
    assertThat(main.settledUntil()).isEqualTo(minute(4));
    assertThat(ledger()).containsExactly("merged 1-3 3", "delivered 4-4 1");
  }

  @Test
  void firesThatNeverStartMoveTheEndOfWhatStarted() {
    start(1);
    beside.settle(Outcome.EXPIRED, new Stretch(minute(2), minute(6), 5));
    assertThat(beside.startedUntil()).isEqualTo(minute(6));
    assertThat(unsettled()).containsExactly(minute(1));
    beside.settle(fire(1), Outcome.DELIVERED, Outcome.MERGED);
    beside.absorbInto(main);
    assertThat(ledger()).containsExactly("delivered 1-1 1", "expired 2-6 5");
  }

  /** Where the schedule ends, what ended counts although older fires are still unsettled. */
  @Test
  void whatEndedIsTakenOverUnsettledFires() {
    start(1);
    start(2);
    start(3);
    beside.settle(fire(2), Outcome.DELIVERED, Outcome.MERGED);
    List<Instant> between = new ArrayList<>();
    beside.takeEnded(
        main,
        until -> {
          between.add(until);
          main.settle(Outcome.SUPERSEDED, Stretch.of(minute(1)));
        });
    assertThat(between).containsExactly(minute(2).minusNanos(1));
    assertThat(unsettled()).containsExactly(minute(1), minute(3));
    assertThat(ledger()).containsExactly("superseded 1-1 1", "delivered 2-2 1");
  }

  @Test
  void whatIsAccountedForAlreadyIsNotSettledTwice() {
    start(1);
    start(2);
    beside.settle(fire(1), Outcome.DELIVERED, Outcome.MERGED);
    main.settle(Outcome.SUPERSEDED, new Stretch(minute(1), minute(2), 2));
    beside.absorbInto(main);
    assertThat(ledger()).containsExactly("superseded 1-2 2");
    beside.settle(fire(2), Outcome.DELIVERED, Outcome.MERGED);
    beside.takeEnded(main, until -> main.settle(Outcome.FAILED, Stretch.of(minute(9))));
    assertThat(beside.isEmpty()).isTrue();
    assertThat(main.settledUntil()).isEqualTo(minute(2));
  }

  @Test
  void atAnotherCallbackUnsettledFiresContinueAndTheOldOnesAreOver() {
    FireBeside old = start(1);
    start(2);
    OpenFire open =
        new OpenFire(
            minute(1), Cause.SCHEDULE, Optional.empty(), 2, 1, minute(3), true, "no route", false);
    old.keepOpen(open);
    beside.unsettled().get(1).keepOpen(open);
    beside.settle(fire(2), Outcome.DELIVERED, Outcome.MERGED);
    ActionProgress there = progress("other");
    FiresBeside moved = beside.movedTo(there);
    assertThat(moved.startedUntil()).isEqualTo(minute(2));
    FireBeside fire = moved.unsettled().get(0);
    assertThat(moved.unsettled()).hasSize(1);
    assertThat(fire.callback()).isEqualTo("other");
    assertThat(fire.open()).isEqualTo(open);
    assertThat(old.isFinished()).isTrue();
    moved.settle(fire(1), Outcome.DELIVERED, Outcome.MERGED);
    moved.absorbInto(there);
    assertThat(there.settledUntil()).isEqualTo(minute(2));
  }
}
