package io.actionscheduler.fire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.action.Policy;
import io.actionscheduler.fire.HeldBacklog.Part;
import io.actionscheduler.fire.HeldBacklog.Undecided;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.text.CronReader;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a start held for an operator, and what becomes of it. */
class HeldBacklogTest {
  private static final ProgressKey KEY = new ProgressKey(ActionId.of(7), "stdout");

  /** Held until 12:04, of which the fires up to 12:02 are decided. */
  private static HeldBacklog partly(BacklogDecision decision) {
    return new HeldBacklog(
        List.of(new Part(minute(2), Optional.of(decision)), new Part(minute(4), Optional.empty())));
  }

  @Test
  void decisionsOnFiresThatAreSettledNoLongerCount() {
    HeldBacklog held =
        HeldBacklog.of(
            List.of(
                decided(1, BacklogDecision.DROP),
                decided(2, BacklogDecision.MERGE),
                decided(3, BacklogDecision.DELIVER)),
            minute(2),
            Optional.of(minute(4)));
    assertThat(held.parts())
        .containsExactly(
            new Part(minute(3), Optional.of(BacklogDecision.DELIVER)),
            new Part(minute(4), Optional.empty()));
  }

  @Test
  void nothingIsHeldBehindTheLastDecision() {
    HeldBacklog held =
        HeldBacklog.of(
            List.of(decided(3, BacklogDecision.DROP)), minute(0), Optional.of(minute(3)));
    assertThat(held.parts()).hasSize(1);
    assertThat(held.undecided()).isEmpty();
    assertThat(HeldBacklog.of(List.of(), minute(4), Optional.of(minute(4))))
        .isSameAs(HeldBacklog.NONE);
    assertThat(HeldBacklog.of(List.of(), minute(4), Optional.empty())).isSameAs(HeldBacklog.NONE);
  }

  @Test
  void aStartHoldsWhatWasMissed() {
    HeldBacklog held = HeldBacklog.found(action(false), minute(0), List.of(), minute(4));
    assertThat(held.parts()).containsExactly(new Part(minute(3), Optional.empty()));
  }

  @Test
  void partsOutOfOrderAreRefused() {
    Part open = new Part(minute(2), Optional.empty());
    Part dropped = new Part(minute(2), Optional.of(BacklogDecision.DROP));
    Part late = new Part(minute(3), Optional.empty());
    assertThatThrownBy(() -> new HeldBacklog(List.of(open, late))).hasMessageContaining("order");
    assertThatThrownBy(() -> new HeldBacklog(List.of(dropped, open))).hasMessageContaining("order");
    assertThat(new HeldBacklog(List.of(dropped, late)).parts()).hasSize(2);
  }

  @ParameterizedTest(name = "12:0{0} after {1}: held {2}, dropped up to {3}, ordered {4}")
  @CsvSource(
      nullValues = "-",
      value = {
        "1, DROP, false, 2, false",
        "2, DROP, false, 2, false",
        "3, DROP, true, -, false",
        "4, DROP, true, -, false",
        "5, DROP, false, -, false",
        "2, DELIVER, false, -, true",
        "2, MERGE, false, -, true",
        "2, RULE, false, -, false",
        "3, DELIVER, true, -, false",
      })
  void whatIsDecidedOfAFire(
      int minute, BacklogDecision decision, boolean isHeld, Integer dropped, boolean ordered) {
    HeldBacklog held = partly(decision);
    assertThat(held.isHeld(minute(minute))).isEqualTo(isHeld);
    assertThat(held.droppedUpTo(minute(minute)))
        .isEqualTo(Optional.ofNullable(dropped).map(HeldBacklogTest::minute));
    assertThat(held.isOrdered(minute(minute))).isEqualTo(ordered);
  }

  @Test
  void whatWaitsBeginsBehindTheLastDecisionOrAtTheBeginning() {
    assertThat(partly(BacklogDecision.DROP).undecided())
        .contains(new Undecided(minute(2), minute(4)));
    assertThat(whole().undecided()).contains(new Undecided(Instant.MIN, minute(4)));
    assertThat(HeldBacklog.NONE.undecided()).isEmpty();
  }

  @ParameterizedTest(name = "settled until 12:0{0}, in retry {1}: waits after {2}")
  @CsvSource(
      nullValues = "-",
      value = {
        "0, -, 2", "2, -, 2", "3, -, 3", "4, -, -", "5, -, -", "0, 3, 3", "3, 2, 3", "0, 4, -"
      })
  void whatIsSettledOrInRetryWaitsForNobody(int settled, Integer open, Integer after) {
    Optional<OpenFire> retried =
        Optional.ofNullable(open)
            .map(
                at ->
                    new OpenFire(
                        minute(at),
                        Cause.CATCH_UP,
                        Optional.empty(),
                        1,
                        1,
                        minute(9),
                        false,
                        "no",
                        false));
    assertThat(partly(BacklogDecision.DROP).undecided(minute(settled), retried))
        .isEqualTo(Optional.ofNullable(after).map(from -> new Undecided(minute(from), minute(4))));
  }

  @Test
  void aDecisionCoversWhatIsHeldUpToItsEnd() {
    HeldBacklog first = whole().decided(BacklogDecision.DROP, minute(2));
    assertThat(first).isEqualTo(partly(BacklogDecision.DROP));
    HeldBacklog second = first.decided(BacklogDecision.MERGE, minute(9));
    assertThat(second.parts())
        .containsExactly(
            new Part(minute(2), Optional.of(BacklogDecision.DROP)),
            new Part(minute(4), Optional.of(BacklogDecision.MERGE)));
    assertThat(whole().decided(BacklogDecision.DROP, minute(4)).undecided()).isEmpty();
  }

  @Test
  void aDecisionOnWhatIsDecidedChangesNothing() {
    HeldBacklog held = partly(BacklogDecision.DROP);
    assertThat(held.decided(BacklogDecision.DELIVER, minute(2))).isSameAs(held);
    assertThat(HeldBacklog.NONE.decided(BacklogDecision.DELIVER, minute(2)))
        .isSameAs(HeldBacklog.NONE);
  }

  /** Every minute, three missed and held, looked at half a minute after the last. */
  @ParameterizedTest(name = "{0}, row merges {1}: {2} with {3} merged")
  @CsvSource(
      nullValues = "-",
      value = {
        "DELIVER, true, 1, 0",
        "DELIVER, false, 1, 0",
        "MERGE, false, 2, 1",
        "DROP, false, -, 0",
        "RULE, true, 4, 3",
        "RULE, false, 1, 0",
      })
  void whatIsDueAfterADecision(
      BacklogDecision decision, boolean merges, Integer minute, long merged) {
    Due due =
        new MissedFires(Optional.empty())
            .due(action(merges), Optional.of(minute(1)), 0, partly(decision), seconds(4, 30));
    assertThat(due.fire().map(Fire::scheduledAt))
        .isEqualTo(Optional.ofNullable(minute).map(HeldBacklogTest::minute));
    assertThat(due.fire().map(Fire::missedCount).orElse(0L)).isEqualTo(merged);
  }

  @Test
  void whatIsHeldIsNotDueAndWhatCameAfterItIs() {
    MissedFires rule = new MissedFires(Optional.empty());
    HeldBacklog held = partly(BacklogDecision.DROP);
    assertThat(rule.due(action(false), Optional.of(minute(3)), 0, held, seconds(4, 30)))
        .isEqualTo(Due.NOTHING);
    Due after = rule.due(action(false), Optional.of(minute(5)), 0, held, minute(5));
    assertThat(after.fire().map(Fire::cause)).contains(Cause.SCHEDULE);
  }

  @Test
  void nothingIsDueBeforeTheNextTimeOrWithoutOne() {
    MissedFires rule = new MissedFires(Optional.empty());
    HeldBacklog held = partly(BacklogDecision.DELIVER);
    assertThat(rule.due(action(false), Optional.of(minute(2)), 0, held, minute(1)))
        .isEqualTo(Due.NOTHING);
    assertThat(rule.due(action(false), Optional.empty(), 0, held, minute(9)))
        .isEqualTo(Due.NOTHING);
  }

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void whatMergedIntoAFireHasItsOutcomeOnlyWhereItsActionWasDisabled(Outcome outcome) {
    assertThat(outcome.ofMerged())
        .isEqualTo(outcome == Outcome.PAUSED ? Outcome.PAUSED : Outcome.MERGED);
  }

  private static HeldBacklog whole() {
    return new HeldBacklog(List.of(new Part(minute(4), Optional.empty())));
  }

  private static DecidedBacklog decided(int minute, BacklogDecision decision) {
    return new DecidedBacklog(KEY, minute(minute), decision, minute(9));
  }

  private static Instant minute(int minute) {
    return seconds(minute, 0);
  }

  private static Instant seconds(int minute, int second) {
    return Instant.parse("2026-06-01T12:00:00Z").plusSeconds(minute * 60L + second);
  }

  private static Action action(boolean merges) {
    try {
      return new Action(
          ActionId.of(7),
          "report",
          "command",
          new CronReader(new ScheduleParser(UnixDialect.CRONTAB, value -> null))
              .read("\"* * * * *\"", ZoneOffset.UTC),
          new Policy(
              true,
              MissedPolicy.of(merges, -1),
              Overlap.QUEUE,
              List.of("stdout"),
              Optional.empty()),
          Map.of());
    } catch (InvalidSchedule e) {
      throw new IllegalArgumentException(e);
    }
  }
}
