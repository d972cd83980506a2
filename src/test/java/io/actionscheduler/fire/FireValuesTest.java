package io.actionscheduler.fire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.action.ActionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the values of this package say, read and refuse. */
class FireValuesTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final ProgressKey KEY = new ProgressKey(ActionId.of(7), "stdout");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7@2026-06-01T12:00:00Z",
        "7@2026-06-01T12:00:00Z#again",
        "7@2026-06-01T12:00:00Z##",
        "x@2026-06-01T12:00:00Z",
        "mail:a@b@2026-06-01T12:00:00.250Z#1"
      })
  void theIdOfAFireIsReadAsItIsWritten(String text) {
    assertThat(FireId.parse(text)).hasValueSatisfying(id -> assertThat(id).hasToString(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "7@", "@2026-06-01T12:00:00Z", "7@noon", "7@#x"})
  void anythingElseIsNoIdOfAFire(String text) {
    assertThat(FireId.parse(text)).isEmpty();
  }

  @Test
  void anOwnerIsTheSameInTheSameTimeAsTheOwner() {
    StoreOwner owner = new StoreOwner("a", 7, NOON, NOON.plusSeconds(10));
    assertThat(owner.isSameAs(new StoreOwner("a", 7, NOON, NOON.plusSeconds(20)))).isTrue();
    assertThat(owner.isSameAs(new StoreOwner("b", 7, NOON, NOON.plusSeconds(10)))).isFalse();
    assertThat(owner.isSameAs(new StoreOwner("a", 8, NOON, NOON.plusSeconds(10)))).isFalse();
    assertThat(owner.isSameAs(new StoreOwner("a", 7, NOON.plusSeconds(1), NOON))).isFalse();
    assertThat(new StoreOwner("a", 7, NOON.plusMillis(5), NOON).text())
        .isEqualTo("pid 7 on a, since 2026-06-01T12:00:00Z");
  }

  @Test
  void progressIsOfAnActionAtACallback() {
    assertThat(KEY)
        .isEqualTo(new ProgressKey(ActionId.of(7), "stdout"))
        .hasSameHashCodeAs(new ProgressKey(ActionId.of(7), "stdout"))
        .isNotEqualTo(new ProgressKey(ActionId.of(8), "stdout"))
        .isNotEqualTo(new ProgressKey(ActionId.of(7), "kafka"))
        .isNotEqualTo("7");
    assertThat(Set.of(KEY.hashCode(), new ProgressKey(ActionId.of(8), "stdout").hashCode()))
        .hasSize(2);
  }

  @Test
  void theRequestIsWhatFollowsTheMark() {
    FireId byHand = FireId.parse("7@2026-06-01T12:00:00Z#again").orElseThrow();
    assertThat(byHand).isEqualTo(new FireId(ActionId.of(7), NOON, "again"));
    assertThat(FireId.parse("7@2026-06-01T12:00:00Z#").orElseThrow().request()).isEmpty();
  }

  @ParameterizedTest(name = "{0}: of the source {1}, of all but those of mail {2}")
  @CsvSource({
    "7, false, true",
    "mail:7, true, false",
    "mail:, true, false",
    "mail, false, true",
    "mailbox:7, false, true",
    "rest:7, false, true"
  })
  void idsAreOfTheSourceThatTheyBeginWith(String id, boolean ofMail, boolean ofOthers) {
    ActionId action = new ActionId(id);
    assertThat(IdScope.of("mail").contains(action)).isEqualTo(ofMail);
    assertThat(IdScope.allBut(Set.of("mail")).contains(action)).isEqualTo(ofOthers);
    assertThat(IdScope.ALL.contains(action)).isTrue();
  }

  @Test
  void aScopeIsOneSourceOrAllButSome() {
    assertThatThrownBy(() -> new IdScope(Optional.of("mail"), Set.of("rest")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("mail");
  }

  private static Run run(Run.Status status, Cause cause) {
    Stretch fires = new Stretch(NOON, NOON.plusSeconds(120), 3);
    Optional<Instant> started = Optional.of(NOON);
    return new Run(
        KEY, "a\0b", fires, "by\0hand", cause, status, started, NOON, 1, 0, "e\0", "o\0");
  }

  @Test
  void theTextsOfARunHoldNoNul() {
    Run run = run(Run.Status.SUCCESS, Cause.MANUAL);
    assertThat(List.of(run.actionName(), run.request(), run.error(), run.output()))
        .containsExactly("a\uFFFDb", "by\uFFFDhand", "e\uFFFD", "o\uFFFD");
    assertThat(run.withoutOutput().output()).isEmpty();
    assertThat(run.withoutOutput().error()).isEqualTo(run.error());
    assertThat(run.fireId()).hasToString("7@2026-06-01T12:00:00Z#by\uFFFDhand");
  }

  private static HistoryStore.Filter filter(String action, String from, String to) {
    return new HistoryStore.Filter(
        Optional.of(action).filter(id -> !id.equals("any")).map(ActionId::new),
        Set.of(Run.Status.FAILED),
        Set.of(Cause.CATCH_UP),
        Optional.of(NOON.plusSeconds(Long.parseLong(from))),
        Optional.of(NOON.plusSeconds(Long.parseLong(to))));
  }

  /** The run stands for fires from noon to two minutes after it. */
  @ParameterizedTest(name = "action {0}, from {1} s to {2} s after noon: {3}")
  @CsvSource({
    "any, -60, 600, true",
    "7, -60, 600, true",
    "8, -60, 600, false",
    "7, 120, 600, true",
    "7, 121, 600, false",
    "7, -60, 1, true",
    "7, -60, 0, false"
  })
  void aFilterOfTheHistoryMatchesWhatItSays(String action, String from, String to, boolean found) {
    HistoryStore.Filter filter = filter(action, from, to);
    assertThat(filter.matches(run(Run.Status.FAILED, Cause.CATCH_UP))).isEqualTo(found);
    assertThat(filter.matches(run(Run.Status.SUCCESS, Cause.CATCH_UP))).isFalse();
    assertThat(filter.matches(run(Run.Status.FAILED, Cause.SCHEDULE))).isFalse();
    assertThat(HistoryStore.Filter.ALL.matches(run(Run.Status.SUCCESS, Cause.MANUAL))).isTrue();
  }

  @Test
  void aCountThatIsNotExactIsMarked() {
    assertThat(new HistoryStore.Count(7, true)).hasToString("7");
    assertThat(new HistoryStore.Count(10_000, false)).hasToString("10000+");
  }

  @ParameterizedTest
  @EnumSource(Run.Status.class)
  void failuresAreWhatSomebodyMayHaveToLookAt(Run.Status status) {
    assertThat(status.isFailure())
        .isEqualTo(
            Set.of("failed", "expired", "skipped", "dropped", "retrying")
                .contains(status.toString()));
  }

  @Test
  void wordsAreInLowerCase() {
    assertThat(
            List.of(
                Outcome.DELIVERED.toString(),
                Cause.CATCH_UP.toString(),
                Change.Kind.REMOVED.toString(),
                Change.Via.ANOTHER_PROGRAM.toString(),
                Verdict.LOST.toString()))
        .containsExactly("delivered", "catch_up", "removed", "another_program", "lost");
  }

  @ParameterizedTest
  @EnumSource(Verdict.class)
  void lostAndDoubledTimesAreFaults(Verdict verdict) {
    boolean fault = verdict == Verdict.LOST || verdict == Verdict.DOUBLED;
    assertThat(verdict.isFault()).isEqualTo(fault);
    List<Discrepancy> named = new ArrayList<>();
    Verified verified = new Verified(NOON, NOON, NOON, "2026a", Map.of(verdict, 2L), named);
    named.add(new Discrepancy(KEY, Verdict.LOST, Stretch.of(NOON)));
    assertThat(verified.isGood()).isEqualTo(!fault);
    assertThat(verified.count(verdict)).isEqualTo(2);
    assertThat(verified.count(verdict == Verdict.LOST ? Verdict.DOUBLED : Verdict.LOST)).isZero();
    assertThat(verified.named()).isEmpty();
    assertThatThrownBy(() -> verified.counts().put(Verdict.LOST, 1L))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static OpenFire open(int attempts, int refusals, boolean givenUp) {
    return new OpenFire(
        NOON,
        Cause.SCHEDULE,
        Optional.empty(),
        attempts,
        refusals,
        NOON,
        false,
        "no route",
        givenUp);
  }

  @ParameterizedTest(name = "{0} attempts, {1} refusals: sound {2}")
  @CsvSource({"1, 0, true", "1, 1, true", "0, 0, false", "1, 2, false", "2, -1, false"})
  void anOpenFireWasAttemptedAndRefusedAtMostAsOften(int attempts, int refusals, boolean sound) {
    if (sound) {
      OpenFire later = open(attempts, refusals, false).retriedAt(NOON.plusSeconds(5));
      assertThat(later.retryAt()).isEqualTo(NOON.plusSeconds(5));
      assertThat(later.attempts()).isEqualTo(attempts);
    } else {
      assertThatThrownBy(() -> open(attempts, refusals, false))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void onlyAFireThatFailedForGoodIsADeadLetter() {
    assertThat(new DeadLetter(KEY, open(1, 1, true)).id()).isEqualTo(new DeadLetter.Id(KEY, NOON));
    OpenFire mayStillSucceed = open(1, 1, false);
    assertThatThrownBy(() -> new DeadLetter(KEY, mayStillSucceed))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aStoreThatFailsIsToldFromOneThatAPersonHasToMend() {
    assertThat(StoreException.failing("locked", null).isMisconfigured()).isFalse();
    assertThat(StoreException.misconfigured("read-only", null).isMisconfigured()).isTrue();
  }

  private static Recording recording(Object part) {
    return new Recording(
        1,
        List.of(),
        part instanceof ProgressKey key ? List.of(key) : List.of(),
        part instanceof LedgerEntry entry ? List.of(entry) : List.of(),
        part instanceof LedgerVersion version ? List.of(version) : List.of(),
        part instanceof Run run ? List.of(run) : List.of(),
        part instanceof DeadLetterChanges changes ? changes : DeadLetterChanges.NONE,
        part instanceof RunningChanges changes ? changes : RunningChanges.NONE);
  }

  @Test
  void aRecordingIsEmptyOnlyWithoutAnyPart() {
    assertThat(recording("nothing").isEmpty()).isTrue();
    Run run = run(Run.Status.RUNNING, Cause.SCHEDULE);
    for (Object part :
        List.of(
            KEY,
            new LedgerEntry(KEY, NOON, Outcome.DELIVERED, Stretch.of(NOON)),
            new LedgerVersion(KEY, "* * * * *", "UTC", NOON, NOON),
            run,
            new DeadLetterChanges(List.of(new DeadLetter(KEY, open(1, 1, true))), List.of()),
            new DeadLetterChanges(List.of(), List.of(new DeadLetter.Id(KEY, NOON))),
            new RunningChanges(List.of(run), List.of()),
            new RunningChanges(List.of(), List.of(RunningChanges.Id.of(run))))) {
      assertThat(recording(part).isEmpty()).as("%s", part).isFalse();
    }
    Progress progress =
        new Progress(KEY, NOON, "* * * * *", "UTC", false, Account.begun(NOON), Optional.empty());
    assertThat(
            new Recording(1, List.of(progress), List.of(), List.of(), List.of(), List.of())
                .isEmpty())
        .isFalse();
  }

  @Test
  void aStretchHasAFireAndEndsNoSoonerThanItBegins() {
    assertThat(Stretch.of(NOON)).isEqualTo(new Stretch(NOON, NOON, 1));
    assertThatThrownBy(() -> new Stretch(NOON, NOON, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Stretch(NOON, NOON.minusSeconds(1), 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDecisionOnABacklogIsWrittenInSmallLetters() {
    assertThat(BacklogDecision.MERGE).hasToString("merge");
  }

  @Test
  void changesAreNoPartOfATransactionWhereTheStoreIsNotThatOfTheActions() {
    ChangeStore elsewhere =
        new ChangeStore() {
          @Override
          public void addChanges(Collection<Change> changes) {}

          @Override
          public List<Change> changes(Optional<ActionId> action, long before, int most) {
            return List.of();
          }
        };
    assertThat(elsewhere.isPartOfTransaction()).isFalse();
  }
}
