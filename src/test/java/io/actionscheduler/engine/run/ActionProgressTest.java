package io.actionscheduler.engine.run;

import static io.actionscheduler.engine.run.MinutelyAction.NOON;
import static io.actionscheduler.engine.run.MinutelyAction.minute;
import static io.actionscheduler.engine.run.MinutelyAction.stored;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.action.Policy;
import io.actionscheduler.fire.BacklogDecision;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.DeadLetter;
import io.actionscheduler.fire.Fire;
import io.actionscheduler.fire.HeldBacklog;
import io.actionscheduler.fire.OpenFire;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the progress of a minutely action says of its fires; minutes are counted from noon. */
class ActionProgressTest {
  private final ActionProgress progress = progress(Overlap.ALLOW, "main");

  private static Action action(Overlap overlap, boolean enabled) {
    return MinutelyAction.with(
        new Policy(
            enabled, MissedPolicy.of(false, -1), overlap, List.of("main"), Optional.empty()));
  }

  private static ActionProgress progress(Overlap overlap, String callback) {
    ActionProgress progress = new ActionProgress(action(overlap, true), callback);
    progress.resume(stored(callback, Optional.empty()));
    return progress;
  }

  private static Fire fire(int minute, Cause cause) {
    return new Fire(action(Overlap.ALLOW, true), minute(minute), cause, Optional.empty(), "");
  }

  private static Fire fire(int minute) {
    return fire(minute, Cause.SCHEDULE);
  }

  private static OpenFire open(int minute, Cause cause) {
    return new OpenFire(
        minute(minute), cause, Optional.empty(), 1, 1, minute(30), false, "no", false);
  }

  private static HandOver letter(ActionProgress progress) {
    OpenFire fire =
        new OpenFire(
            minute(1), Cause.SCHEDULE, Optional.empty(), 1, 1, minute(30), false, "no", true);
    return new HandOver(
        progress, new DeadLetter(new ProgressKey(ActionId.of(7), "gone"), fire), "letters");
  }

  @Test
  void anActionWithNothingUnderWayIsAlone() {
    assertThat(progress.isAlone()).isTrue();
    assertThat(progress.isBusy()).isFalse();
    assertThat(progress.isAnyRunning()).isFalse();
    assertThat(progress.overlaps()).isFalse();
    assertThat(progress.unsettled()).isZero();
    assertThat(progress.unsettledMissed()).isZero();
    assertThat(progress.beside()).isEmpty();
    assertThat(progress.startedUntil()).isEqualTo(NOON);
    assertThat(progress.next()).contains(minute(1));
    assertThat(progress.absorb()).isFalse();
    assertThat(progress.progress()).isSameAs(progress);
  }

  @Test
  void firesThatMayOverlapStartBesideTheFirst() {
    assertThat(progress.start(fire(1))).isSameAs(progress);
    Firing second = progress.start(fire(2, Cause.CATCH_UP));

    assertThat(second).isNotSameAs(progress);
    assertThat(second.progress()).isSameAs(progress);
    assertThat(second.key()).isEqualTo(progress.key());
    assertThat(second.callback()).isEqualTo("main");
    assertThat(progress.isRunning()).isTrue();
    assertThat(second.isRunning()).isTrue();
    assertThat(progress.isAlone()).isFalse();
    assertThat(progress.isBusy()).isTrue();
    assertThat(progress.overlaps()).isTrue();
    assertThat(progress.unsettled()).isEqualTo(2);
    assertThat(progress.unsettledMissed()).isEqualTo(1);
    assertThat(progress.startedUntil()).isEqualTo(minute(2));
    assertThat(progress.next()).contains(minute(3));
    assertThat(progress.settledUntil()).isEqualTo(NOON);
  }

  @Test
  void onlyWhatRunsKeepsAnActionRunning() {
    progress.start(fire(1));
    Firing second = progress.start(fire(2));
    progress.ended();
    assertThat(progress.isRunning()).isFalse();
    assertThat(progress.isAnyRunning()).isTrue();
    second.ended();
    assertThat(progress.isAnyRunning()).isFalse();
    assertThat(progress.isAlone()).isFalse();
  }

  @Test
  void progressMovesOnOnceTheOldestFireIsSettled() {
    progress.start(fire(1));
    Firing second = progress.start(fire(2));
    second.ended();
    second.settle(fire(2), Outcome.DELIVERED);
    assertThat(second.isSilent()).isTrue();
    assertThat(progress.absorb()).isFalse();
    progress.ended();
    progress.keepOpen(open(1, Cause.SCHEDULE));
    assertThat(progress.absorb()).isFalse();
    progress.settle(fire(1), Outcome.FAILED);
    assertThat(progress.open()).isNull();
    assertThat(progress.absorb()).isTrue();
    assertThat(progress.settledUntil()).isEqualTo(minute(2));
    assertThat(progress.isAlone()).isTrue();
    assertThat(progress.absorb()).isFalse();
  }

  @Test
  void anUnsettledFireBesideStaysThereWhenProgressMovesOn() {
    progress.start(fire(1));
    progress.start(fire(2));
    progress.ended();
    progress.settle(fire(1), Outcome.DELIVERED);
    assertThat(progress.absorb()).isTrue();
    assertThat(progress.settledUntil()).isEqualTo(minute(1));
    assertThat(progress.overlaps()).isTrue();
    assertThat(progress.unsettled()).isEqualTo(1);
  }

  @Test
  void whereFiresDoNotOverlapTheProgressHasTheOnlyOne() {
    ActionProgress queued = progress(Overlap.QUEUE, "main");
    queued.start(fire(1, Cause.CATCH_UP));
    assertThat(queued.overlaps()).isFalse();
    assertThat(queued.startedUntil()).isEqualTo(NOON);
    assertThat(queued.unsettled()).isEqualTo(1);
    assertThat(queued.unsettledMissed()).isEqualTo(1);
    queued.ended();
    assertThat(queued.unsettledMissed()).isZero();
    queued.started(fire(1));
    assertThat(queued.unsettledMissed()).isZero();
    queued.ended();
    queued.keepOpen(open(1, Cause.SCHEDULE));
    assertThat(queued.unsettled()).isEqualTo(1);
    assertThat(queued.unsettledMissed()).isZero();
    queued.keepOpen(open(1, Cause.CATCH_UP));
    assertThat(queued.unsettledMissed()).isEqualTo(1);
  }

  @Test
  void noFireStartsBesideOneWhileAnEditWaits() {
    PendingEdit edit =
        new PendingEdit(action(Overlap.ALLOW, true), PendingEdit.Notice.at(minute(1)));
    progress.defer(edit);
    assertThat(progress.pendingEdit()).isSameAs(edit);
    assertThat(edit.notice()).isEqualTo(new PendingEdit.Notice(minute(1), Optional.empty()));
    progress.start(fire(1));
    assertThat(progress.overlaps()).isFalse();
    progress.clearPendingEdit();
    assertThat(progress.pendingEdit()).isNull();
    progress.started(fire(1));
    assertThat(progress.overlaps()).isTrue();
    assertThat(progress.startedUntil()).isEqualTo(minute(1));
  }

  @Test
  void firesThatOverlapAreCountedFromTheEditOfTheirSchedule() {
    progress.settle(Outcome.SUPERSEDED, new Stretch(minute(1), minute(9), 9));
    progress.started(fire(3));
    assertThat(progress.startedUntil()).isEqualTo(minute(9));
  }

  @Test
  void aFireIsSettledWithThoseThatMergedIntoIt() {
    Stretch merged = new Stretch(minute(1), minute(3), 3);
    Fire late =
        new Fire(action(Overlap.QUEUE, true), minute(4), Cause.CATCH_UP, Optional.of(merged), "");
    progress.settle(late, Outcome.DELIVERED);
    assertThat(progress.settledUntil()).isEqualTo(minute(4));
    progress.endVersion("* * * * *", "Z", minute(4));
    assertThat(progress.takeClosed().orElseThrow().stretches())
        .extracting(entry -> entry.outcome() + " " + entry.stretch().count())
        .containsExactly("merged 3", "delivered 1");
  }

  @Test
  void aFireFromBeforeAnEditIsNotSettledAgain() {
    progress.settle(Outcome.SUPERSEDED, new Stretch(minute(1), minute(9), 9));
    progress.settle(fire(9), Outcome.DELIVERED);
    assertThat(progress.settledUntil()).isEqualTo(minute(9));
    progress.settle(fire(10), Outcome.DELIVERED);
    assertThat(progress.settledUntil()).isEqualTo(minute(10));
  }

  @Test
  void whatNeverStartsIsSettledWhereTheNextFireIs() {
    progress.settleUnstarted(Outcome.EXPIRED, new Stretch(minute(1), minute(2), 2));
    assertThat(progress.settledUntil()).isEqualTo(minute(2));
    progress.start(fire(3));
    progress.settleUnstarted(Outcome.EXPIRED, new Stretch(minute(4), minute(5), 2));
    assertThat(progress.settledUntil()).isEqualTo(minute(2));
    assertThat(progress.startedUntil()).isEqualTo(minute(5));
  }

  @Test
  void whatMergedIntoAFireBesideIsSettledBeforeIt() {
    progress.start(fire(1));
    Firing late = progress.start(fire(4, Cause.CATCH_UP));
    progress.settleMergedBeside(Outcome.MERGED, new Stretch(minute(2), minute(3), 2));
    late.settle(fire(4), Outcome.DELIVERED);
    progress.ended();
    progress.settle(fire(1), Outcome.DELIVERED);
    progress.absorb();
    assertThat(progress.settledUntil()).isEqualTo(minute(4));
    progress.endVersion("* * * * *", "Z", minute(4));
    assertThat(progress.takeClosed().orElseThrow().stretches())
        .extracting(entry -> entry.outcome() + " " + entry.stretch().count())
        .containsExactly("delivered 1", "merged 2", "delivered 1");
  }

  @Test
  void whatEndedIsTakenWhereTheScheduleEnds() {
    List<Instant> between = new ArrayList<>();
    progress.takeEnded(between::add);
    assertThat(between).isEmpty();
    progress.start(fire(1));
    Firing second = progress.start(fire(2));
    second.settle(fire(2), Outcome.DELIVERED);
    progress.takeEnded(
        until -> {
          between.add(until);
          progress.settle(Outcome.SUPERSEDED, Stretch.of(minute(1)));
        });
    assertThat(between).containsExactly(minute(2).minusNanos(1));
    assertThat(progress.settledUntil()).isEqualTo(minute(2));
  }

  @Test
  void anotherCallbackInheritsWhatIsUnsettled() {
    HeldBacklog held =
        new HeldBacklog(
            List.of(new HeldBacklog.Part(minute(9), Optional.of(BacklogDecision.DELIVER))));
    progress.start(fire(1));
    progress.start(fire(2));
    progress.ended();
    progress.keepOpen(open(1, Cause.SCHEDULE));
    progress.hold(held);
    ActionProgress heir = new ActionProgress(action(Overlap.ALLOW, true), "other");

    heir.inherit(progress);

    assertThat(heir.open()).isEqualTo(open(1, Cause.SCHEDULE));
    assertThat(progress.open()).isNull();
    assertThat(heir.backlog()).isSameAs(held);
    assertThat(heir.beside()).singleElement().extracting(Firing::callback).isEqualTo("other");
    assertThat(heir.settledUntil()).isEqualTo(NOON);
    ActionProgress next = progress(Overlap.ALLOW, "third");
    next.inherit(progress(Overlap.ALLOW, "main"));
    assertThat(next.overlaps()).isFalse();
    assertThat(next.isAlone()).isTrue();
  }

  @Test
  void aFireInRetryOfAnEarlierRunIsOpenAgain() {
    ActionProgress again = new ActionProgress(action(Overlap.QUEUE, true), "main");
    again.resume(stored("main", Optional.of(open(1, Cause.SCHEDULE))));
    assertThat(again.open()).isEqualTo(open(1, Cause.SCHEDULE));
    assertThat(again.settledUntil()).isEqualTo(NOON);
    again.dropOpen();
    assertThat(again.open()).isNull();
  }

  @Test
  void whatIsWaitedForMovesBackWithTheClock() {
    progress.start(fire(1));
    Firing second = progress.start(fire(2));
    progress.keepOpen(open(1, Cause.SCHEDULE));
    second.keepOpen(open(2, Cause.SCHEDULE));
    progress.clockSetBack(Duration.ofMinutes(10));
    assertThat(progress.open().retryAt()).isEqualTo(minute(20));
    assertThat(second.open().retryAt()).isEqualTo(minute(20));
    Firing third = progress.start(fire(3));
    third.setBack(Duration.ofMinutes(10)); // it waits for nothing
    assertThat(third.open()).isNull();
  }

  @Test
  void queuedAndRunningAndFaultyAreToldApart() {
    progress.enqueued();
    assertThat(progress.isQueued()).isTrue();
    assertThat(progress.isRunning()).isFalse();
    assertThat(progress.isFaulty()).isFalse();
    progress.dequeued();
    assertThat(progress.isQueued()).isFalse();
    progress.markFaulty();
    assertThat(progress.isFaulty()).isTrue();
    assertThat(progress.isSilent()).isTrue();
    progress.clearFault();
    assertThat(progress.isFaulty()).isFalse();
    assertThat(progress.isSilent()).isFalse();
  }

  @Test
  void nothingIsDeliveredOfAPausedOrARetiredAction() {
    Firing beside = FireBeside.of(progress, fire(1));
    assertThat(beside.isSilent()).isFalse();
    assertThat(beside.isUnneeded()).isFalse();
    assertThat(progress.isUnneeded()).isFalse();
    ActionProgress paused = new ActionProgress(action(Overlap.QUEUE, false), "main");
    assertThat(paused.isSilent()).isTrue();
    assertThat(paused.isUnneeded()).isFalse();
    progress.retire();
    assertThat(progress.isSilent()).isTrue();
    assertThat(progress.isUnneeded()).isTrue();
    assertThat(beside.isSilent()).isTrue();
    assertThat(beside.isUnneeded()).isTrue();
  }

  @Test
  void aFireBesideSaysWhetherItWasMissed() {
    assertThat(FireBeside.of(progress, fire(1)).isMissed()).isFalse();
    assertThat(FireBeside.of(progress, fire(1, Cause.CATCH_UP)).isMissed()).isTrue();
    assertThat(FireBeside.of(progress, fire(1)).scheduledAt()).isEqualTo(minute(1));
  }

  @Test
  void aFireBesideWaitsInTheQueueByItself() {
    FireBeside fire = FireBeside.of(progress, fire(1));
    fire.enqueued();
    assertThat(fire.isQueued()).isTrue();
    assertThat(progress.isQueued()).isFalse();
    fire.dequeued();
    assertThat(fire.isQueued()).isFalse();
  }

  @Test
  void theSameActionAtAFurtherCallbackIsLinked() {
    ActionProgress other = progress(Overlap.QUEUE, "other");
    assertThat(progress.sibling()).isNull();
    progress.link(other);
    assertThat(progress.sibling()).isSameAs(other);
    assertThat(progress.isAlone()).isTrue();
  }

  @Test
  void anActionWithoutRarePartsHasNoneOfItsOwn() {
    OpenFire open = open(1, Cause.SCHEDULE);
    RareParts rare = RareParts.NONE.with(open);
    assertThat(rare).isNotSameAs(RareParts.NONE);
    assertThat(rare.with(open)).isSameAs(rare);
    assertThat(rare.with((OpenFire) null)).isSameAs(RareParts.NONE);
    assertThat(RareParts.NONE.with(progress).with((ActionProgress) null)).isSameAs(RareParts.NONE);
    assertThat(RareParts.NONE.with(new FiresBeside(NOON)).with((FiresBeside) null))
        .isSameAs(RareParts.NONE);
    HeldBacklog held = new HeldBacklog(List.of(new HeldBacklog.Part(minute(9), Optional.empty())));
    assertThat(RareParts.NONE.with(held)).isNotSameAs(RareParts.NONE);
    assertThat(RareParts.NONE.with(held).with(HeldBacklog.NONE)).isSameAs(RareParts.NONE);
    PendingEdit edit =
        new PendingEdit(action(Overlap.ALLOW, true), PendingEdit.Notice.at(minute(1)));
    assertThat(RareParts.NONE.with(edit).with((PendingEdit) null)).isSameAs(RareParts.NONE);
    RareParts all = rare.with(progress).with(held).with(edit);
    assertThat(all.open()).isSameAs(open);
    assertThat(all.sibling()).isSameAs(progress);
    assertThat(all.backlog()).isSameAs(held);
    assertThat(all.pendingEdit()).isSameAs(edit);
  }

  @Test
  void aDeadLetterIsOverOnceItIsSettled() {
    HandOver letter = letter(progress);
    assertThat(letter.callback()).isEqualTo("letters");
    assertThat(letter.key()).isEqualTo(new ProgressKey(ActionId.of(7), "gone"));
    assertThat(letter.letter().fire()).isSameAs(letter.open());
    progress.retire();
    assertThat(letter.isUnneeded()).isFalse();
    assertThat(letter.isSilent()).isFalse();
    letter.settle(fire(1), Outcome.FAILED);
    assertThat(letter.isSilent()).isTrue();
  }

  @Test
  void thatADeadLetterWaitsIsToldOnce() {
    HandOver letter = letter(progress);
    assertThat(letter.isToBeTold()).isTrue();
    assertThat(letter.isToBeTold()).isFalse();
  }

  @Test
  void onlyFiresThatWaitForTheirNextAttemptAreCounted() {
    Retries retries = new Retries();
    List<FireBeside> fires = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      FireBeside fire = FireBeside.of(progress, fire(1 + i));
      fire.keepOpen(open(1 + i, Cause.SCHEDULE));
      retries.add(fire);
      retries.add(fire); // again, which counts once
      fires.add(fire);
    }
    assertThat(retries.count()).isEqualTo(5);
    fires.get(0).keepOpen(null);
    assertThat(retries.count()).isEqualTo(4);
    fires.get(1).started(fire(2));
    assertThat(retries.count()).isEqualTo(3);
    fires.get(2).enqueued();
    assertThat(retries.count()).isEqualTo(2);
    fires.get(3).finish();
    assertThat(retries.count()).isEqualTo(1);
  }
}
