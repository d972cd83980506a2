package io.actionscheduler.app.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.Rejection;
import io.actionscheduler.config.Settings;
import io.actionscheduler.engine.Status;
import io.actionscheduler.engine.intake.SourceStatus;
import io.actionscheduler.fire.BacklogHold;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.LateStarts;
import io.actionscheduler.fire.Outage;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.fire.Verdict;
import io.actionscheduler.fire.Verified;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is worth an alert, and that each change is told once. */
class AlertRulesTest {
  private static final Instant START = Instant.parse("2026-11-27T10:00:00Z");
  private static final Instant BEGAN = START.minusSeconds(600);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final LateStarts starts = new LateStarts(BEGAN);
  private final AlertRules rules = new AlertRules(settings(2, true), starts);
  private Duration now = Duration.ZERO;

  private static Settings.Alerts settings(int failures, boolean recovered) {
    return new Settings.Alerts(
        List.of("mail"),
        Optional.of(failures),
        Optional.of(MINUTE),
        Optional.of(MINUTE),
        Optional.of(MINUTE),
        recovered);
  }

  private static Run run(long action, Run.Status status, Duration late) {
    return run(action, status, late, late.isZero() ? Cause.SCHEDULE : Cause.CATCH_UP);
  }

  private static Run run(long action, Run.Status status, Duration late, Cause cause) {
    return new Run(
        new ProgressKey(ActionId.of(action), "web"),
        "nightly",
        Stretch.of(START),
        "",
        cause,
        status,
        Optional.of(START.plus(late)),
        START.plus(late),
        1,
        0,
        status == Run.Status.FAILED ? "no such report" : "",
        "");
  }

  private void ended(long action, Run.Status status) {
    rules.ended(run(action, status, Duration.ZERO), now);
  }

  private static List<Outage> outages(List<String> callbacks) {
    return callbacks.stream().map(name -> new Outage(name, START, "connection refused")).toList();
  }

  private static Status engine(List<String> unavailable, boolean storeFailing) {
    return new Status(3, 3, Optional.empty(), 0, 0, 0, 0, outages(unavailable), storeFailing);
  }

  /** A moment later, what stands as given; the texts of what is told. */
  private List<String> after(Duration step, Status engine) {
    return after(step, Optional.of(engine), List.of(), Optional.empty());
  }

  private List<String> after(
      Duration step,
      Optional<Status> engine,
      List<SourceStatus> sources,
      Optional<Verified> verified) {
    now = now.plus(step);
    return rules.changes(new Seen(START.plus(now), now, engine, sources, verified, false)).stream()
        .map(alert -> alert.kind() + " " + alert.state() + ": " + alert.message())
        .toList();
  }

  private List<String> nothingWrong() {
    return after(Duration.ofSeconds(1), engine(List.of(), false));
  }

  @Test
  void anActionThatFailsIsToldOnceAfterAsManyFailuresAsTheSettingsSay() {
    ended(7, Run.Status.FAILED);
    assertThat(nothingWrong()).isEmpty();
    ended(7, Run.Status.FAILED);
    assertThat(nothingWrong())
        .containsExactly(
            "failing raised: action 7 \"nightly\" failed for good: no such report. Look at"
                + " \"history --status failed\"; fix the command or its target, then run \"fire"
                + " 7\"");
    ended(7, Run.Status.FAILED);
    assertThat(nothingWrong()).isEmpty();
    ended(7, Run.Status.SUCCESS);
    assertThat(nothingWrong())
        .containsExactly("failing recovered: action 7 \"nightly\" delivers again");
    ended(7, Run.Status.SUCCESS);
    assertThat(nothingWrong()).isEmpty();
  }

  @Test
  void aDeliveryBetweenTwoFailuresEndsTheRow() {
    ended(7, Run.Status.FAILED);
    ended(7, Run.Status.SUCCESS);
    ended(7, Run.Status.FAILED);
    assertThat(nothingWrong()).isEmpty();
  }

  @Test
  void whatNeverReachedTheTargetNeitherContinuesNorEndsTheRow() {
    ended(7, Run.Status.FAILED);
    ended(7, Run.Status.SKIPPED);
    ended(7, Run.Status.EXPIRED);
    ended(7, Run.Status.FAILED);
    assertThat(nothingWrong()).hasSize(1);
  }

  @Test
  void manyActionsThatFailTogetherAreOneAlertWhichNamesTheFirst() {
    for (long action = 1; action <= 1_000; action++) {
      ended(action, Run.Status.FAILED);
      ended(action, Run.Status.FAILED);
    }
    assertThat(nothingWrong())
        .singleElement()
        .asString()
        .startsWith(
            "failing raised: 1000 actions failed for good: action 1 \"nightly\": no such report;"
                + " action 2")
        .contains("; and 995 more. ");
  }

  @Test
  void whatFailsAndRecoversBetweenTwoLooksIsNotTold() {
    ended(7, Run.Status.FAILED);
    ended(7, Run.Status.FAILED);
    ended(7, Run.Status.SUCCESS);
    assertThat(nothingWrong()).isEmpty();
  }

  @Test
  void aTargetIsToldOnceItHasBeenUnavailableForItsTimeAndOnceItIsBack() {
    Status lost = engine(List.of("web"), false);
    assertThat(after(Duration.ZERO, lost)).isEmpty();
    assertThat(after(Duration.ofSeconds(59), lost)).isEmpty();
    assertThat(after(Duration.ofSeconds(1), lost))
        .singleElement()
        .asString()
        .startsWith("callback_unavailable raised: the target of callback web has been unavailable");
    assertThat(after(MINUTE, lost)).isEmpty();
    assertThat(nothingWrong())
        .containsExactly(
            "callback_unavailable recovered: the target of callback web is available again");
  }

  @Test
  void aTargetThatIsBackBeforeItsTimeIsNeverTold() {
    Status lost = engine(List.of("web"), false);
    assertThat(after(Duration.ZERO, lost)).isEmpty();
    assertThat(after(Duration.ofSeconds(59), engine(List.of(), false))).isEmpty();
    assertThat(after(Duration.ofSeconds(1), lost)).isEmpty();
    assertThat(after(Duration.ofSeconds(59), lost)).isEmpty();
  }

  @Test
  void aStoreThatTakesNoRecordsIsTold() {
    Status failing = engine(List.of(), true);
    assertThat(after(Duration.ZERO, failing)).isEmpty();
    assertThat(after(MINUTE, failing))
        .singleElement()
        .asString()
        .startsWith("store_failing raised: the internal store has taken no records for 60 s");
  }

  @Test
  void anEngineThatDoesNotAnswerIsTold() {
    assertThat(after(Duration.ZERO, Optional.empty(), List.of(), Optional.empty())).isEmpty();
    assertThat(after(MINUTE, Optional.empty(), List.of(), Optional.empty()))
        .singleElement()
        .asString()
        .startsWith("overdue raised: the engine does not answer, and nothing was delivered");
  }

  @Test
  void whatIsDueAndNotDeliveredIsToldUnlessSomethingElseIsDelivered() {
    assertThat(after(Duration.ZERO, waiting(4, 10))).isEmpty();
    assertThat(after(Duration.ofSeconds(1), waiting(4, 10))).isEmpty();
    assertThat(after(MINUTE, waiting(4, 11))).isEmpty();
    assertThat(after(Duration.ofSeconds(1), waiting(4, 11))).isEmpty();
    assertThat(after(MINUTE, waiting(4, 11)))
        .singleElement()
        .asString()
        .startsWith("overdue raised: 4 actions are due, and nothing was delivered for 60 s");
    assertThat(nothingWrong()).containsExactly("overdue recovered: what was due is fired again");
  }

  @Test
  void anUnavailableTargetEndsNoAlertOfWhatIsOverdue() {
    assertThat(after(Duration.ZERO, waiting(4, 10))).isEmpty();
    assertThat(after(Duration.ofSeconds(1), waiting(4, 10))).isEmpty();
    assertThat(after(MINUTE, waiting(4, 10))).hasSize(1);
    assertThat(after(Duration.ofSeconds(1), engine(List.of("web"), false))).isEmpty();
    assertThat(nothingWrong()).containsExactly("overdue recovered: what was due is fired again");
  }

  private static Status waiting(int actions, long delivered) {
    return new Status(3, 3, Optional.empty(), delivered, actions, 0, 0, List.of(), false);
  }

  @Test
  void firesThatStartLateAreToldOnceAndTheirEndAMinuteLater() {
    rules.ended(run(7, Run.Status.SUCCESS, Duration.ofSeconds(61)), now);
    assertThat(nothingWrong())
        .singleElement()
        .asString()
        .startsWith(
            "late raised: fires of callback web start late: action 7 \"nightly\" by 61 s. Raise");
    rules.ended(run(7, Run.Status.SUCCESS, Duration.ofSeconds(65)), now);
    assertThat(nothingWrong()).isEmpty();
    assertThat(after(Duration.ofSeconds(58), engine(List.of(), false))).isEmpty();
    assertThat(after(Duration.ofSeconds(2), engine(List.of(), false)))
        .containsExactly("late recovered: fires of callback web start on time again");
  }

  @Test
  void whatWaitedForAnUnavailableTargetIsNotLate() {
    starts.heldUp("web", START); // which has an alert of its own
    rules.ended(run(7, Run.Status.SUCCESS, Duration.ofSeconds(90)), now);
    assertThat(nothingWrong()).isEmpty();
  }

  @Test
  void theJitterOfAFireIsNoLateness() {
    rules.ended(run(7, Run.Status.SUCCESS, Duration.ofSeconds(90), Cause.SCHEDULE), now);
    assertThat(nothingWrong()).isEmpty();
  }

  @Test
  void whatADowntimeLeftIsNotLate() {
    AlertRules starting = new AlertRules(settings(2, true), new LateStarts(START.plusSeconds(80)));
    starting.ended(run(7, Run.Status.SUCCESS, Duration.ofSeconds(90)), now);
    Seen fine =
        new Seen(
            START, now, Optional.of(engine(List.of(), false)), List.of(), Optional.empty(), false);
    assertThat(starting.changes(fine)).isEmpty();
  }

  @Test
  void aFireThatIsLateByLessThanItsTimeIsNotTold() {
    rules.ended(run(7, Run.Status.SUCCESS, MINUTE), now);
    assertThat(nothingWrong()).isEmpty();
  }

  @Test
  void aSourceThatCannotBeReadIsToldAndRowsThatCannotBeUnderstoodAtOnce() {
    SourceStatus source =
        new SourceStatus(
            "table",
            List.of(),
            Set.of(ActionId.of(3)),
            List.of(new Rejection(ActionId.of(3), "action 3: cron: no cron")),
            Optional.of(START),
            Duration.ZERO,
            Optional.of(START),
            "connection refused");
    Optional<Status> fine = Optional.of(engine(List.of(), false));
    assertThat(after(Duration.ZERO, fine, List.of(source), Optional.empty()))
        .singleElement()
        .asString()
        .startsWith("rows_rejected raised: 1 rows of source table cannot be understood")
        .contains("action 3: cron: no cron");
    assertThat(after(MINUTE, fine, List.of(source), Optional.empty()))
        .singleElement()
        .asString()
        .startsWith("source_unavailable raised: source table cannot be read: connection refused");
  }

  @Test
  void aVerificationThatFindsSomethingLostIsTold() {
    Verified lost =
        new Verified(
            START,
            START,
            START,
            "2026f",
            Map.of(Verdict.LOST, 2L, Verdict.DELIVERED, 5L),
            List.of());
    assertThat(
            after(
                Duration.ZERO, Optional.of(engine(List.of(), false)), List.of(), Optional.of(lost)))
        .singleElement()
        .asString()
        .startsWith("verification_failed raised: ")
        .contains("found 2 lost fires, and 0 doubled ones. \"verify --last\" names them");
  }

  @Test
  void recoveriesAreLeftOutWhereTheSettingsSaySo() {
    AlertRules quiet = new AlertRules(settings(1, false), new LateStarts(BEGAN));
    quiet.ended(run(7, Run.Status.FAILED, Duration.ZERO), now);
    Seen fine =
        new Seen(
            START, now, Optional.of(engine(List.of(), false)), List.of(), Optional.empty(), false);
    assertThat(quiet.changes(fine)).hasSize(1);
    quiet.ended(run(7, Run.Status.SUCCESS, Duration.ZERO), now);
    assertThat(quiet.changes(fine)).isEmpty();
  }

  @Test
  void aHeldBacklogIsToldOnceWithItsEndAndAgainWhenNothingIsHeld() {
    Status holding =
        new Status(
            3,
            3,
            Optional.empty(),
            0,
            0,
            0,
            0,
            0,
            true,
            List.of(),
            false,
            Optional.of(new BacklogHold(START, START.plusSeconds(600))),
            2);

    assertThat(after(Duration.ofSeconds(1), holding))
        .containsExactly(
            "backlog_held raised: missed fires of 2 actions are held until 2026-11-27T10:10:00Z."
                + " Deliver, merge or drop them in the dashboard, or with \"backlog decide\";"
                + " without a decision by then they continue by the rules of their actions");
    assertThat(after(Duration.ofSeconds(1), holding)).isEmpty();
    assertThat(nothingWrong())
        .containsExactly("backlog_held recovered: no missed fires are held any more");
  }
}
