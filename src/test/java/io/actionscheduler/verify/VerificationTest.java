package io.actionscheduler.verify;

import static io.actionscheduler.fire.Outcome.DELIVERED;
import static io.actionscheduler.fire.Outcome.EXPIRED;
import static io.actionscheduler.fire.Outcome.FAILED;
import static io.actionscheduler.fire.Outcome.MERGED;
import static io.actionscheduler.fire.Outcome.PAUSED;
import static io.actionscheduler.fire.Outcome.SKIPPED;
import static io.actionscheduler.fire.Outcome.SUPERSEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.Account;
import io.actionscheduler.fire.Discrepancy;
import io.actionscheduler.fire.FireId;
import io.actionscheduler.fire.LedgerEntry;
import io.actionscheduler.fire.LedgerVersion;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.fire.Verdict;
import io.actionscheduler.zone.Zones;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("time")
class VerificationTest {
  private static final Optional<String> NO_CALLBACK = Optional.empty();

  /** A minutely action since ten: delivered to 10:10, expired to 10:20, delivered to 10:30. */
  static Books good() {
    return new Books()
        .closed(1, "10:00", DELIVERED, "10:01", "10:10", 10)
        .closed(1, "10:00", EXPIRED, "10:11", "10:20", 10)
        .current(1, "10:00", DELIVERED, "10:21", "10:30", 10);
  }

  static Stream<Arguments> cases() {
    return Stream.of(
        arguments("all of it", good(), "10:00", "10:31", "20 delivered, 10 expired, 1 unknown"),
        arguments("what is to come", good(), "10:25", "10:36", "6 delivered, 5 pending"),
        arguments("the end is open", good(), "10:05", "10:10", "5 delivered"),
        arguments("a part of a stretch", good(), "10:15", "10:25", "4 delivered, 6 expired"),
        arguments("before the ledger", good(), "09:55", "10:06", "5 delivered, 6 unknown"),
        arguments("nothing scheduled", good(), "10:05:10", "10:05:50", ""),
        arguments(
            "just begun", new Books().begun(1, "10:00", false), "10:01", "10:05", "4 pending"),
        arguments("paused", new Books().begun(1, "10:00", true), "10:01", "10:05", "4 paused"),
        arguments(
            "two versions",
            new Books()
                .ended(1, "*/10 * * * *", "09:00", "10:05")
                .closed(1, "09:00", DELIVERED, "09:10", "09:50", 5)
                .closed(1, "09:00", SUPERSEDED, "10:00", "10:00", 1)
                .current(1, "10:05", DELIVERED, "10:06", "10:07", 2),
            "09:05",
            "10:08",
            "7 delivered, 1 superseded"),
        arguments(
            "ended, and gone",
            new Books()
                .ended(1, "* * * * *", "10:00", "10:10")
                .closed(1, "10:00", DELIVERED, "10:01", "10:10", 10),
            "10:05",
            "11:00",
            "6 delivered"),
        arguments(
            "two actions",
            good().current(2, "10:00", FAILED, "10:01", "10:30", 30),
            "10:21",
            "10:31",
            "10 delivered, 10 failed"),
        arguments(
            "closed further since progress was read",
            new Books()
                .current(1, "10:00", DELIVERED, "10:01", "10:05", 5)
                .closed(1, "10:00", DELIVERED, "10:01", "10:07", 7)
                .closed(1, "10:00", MERGED, "10:08", "10:09", 2),
            "10:01",
            "10:06",
            "5 delivered"),
        arguments(
            "ended since progress was read",
            new Books()
                .current(1, "10:00", DELIVERED, "10:01", "10:05", 5)
                .ended(1, "* * * * *", "10:00", "10:07")
                .closed(1, "10:00", DELIVERED, "10:01", "10:07", 7),
            "10:01",
            "10:08",
            "7 delivered"),
        arguments(
            "edited at the moment it began",
            new Books()
                .ended(1, "30s", "10:00", "10:00")
                .current(1, "10:00", DELIVERED, "10:01", "10:05", 5),
            "10:01",
            "10:06",
            "5 delivered"),
        arguments(
            "settled again after a reset into the past",
            new Books()
                .ended(1, "* * * * *", "10:00", "10:03")
                .closed(1, "10:00", DELIVERED, "10:01", "10:05", 5)
                .current(1, "10:03", DELIVERED, "10:04", "10:05", 2),
            "10:01",
            "10:06",
            "5 delivered"));
  }

  @ParameterizedTest(name = "{0}: {2} to {3}: {4}")
  @MethodSource("cases")
  void everyScheduledTimeHasOneVerdict(
      String name, Books books, String from, String to, String expected) {
    assertThat(words(books.verify(from, to))).isEqualTo(expected);
    assertThat(books.found).isEmpty();
  }

  static String words(Counts counts) {
    return counts.byVerdict().entrySet().stream()
        .filter(count -> count.getValue() > 0)
        .map(count -> count.getValue() + " " + count.getKey())
        .collect(Collectors.joining(", "));
  }

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void everyOutcomeIsAVerdict(Outcome outcome) {
    Counts counts =
        new Books().current(1, "10:00", outcome, "10:01", "10:05", 5).verify("10:01", "10:06");
    assertThat(counts.of(Verdict.of(outcome))).isEqualTo(5);
    assertThat(counts.total()).isEqualTo(5);
  }

  static Discrepancy discrepancy(Verdict verdict, String first, String last, long count) {
    return new Discrepancy(
        Books.key(1), verdict, new Stretch(Books.at(first), Books.at(last), count));
  }

  @Test
  void aStretchThatIsMissingInTheMiddleIsNamed() {
    Books books = good();
    books.ledger.remove(1);
    Counts counts = books.verify("10:01", "10:31");
    assertThat(words(counts)).isEqualTo("20 delivered, 10 lost");
    assertThat(books.found).containsExactly(discrepancy(Verdict.LOST, "10:11", "10:20", 10));
    assertThat(counts.isGood()).isFalse();
    assertThat(counts.total()).isEqualTo(30);
  }

  @Test
  void theFirstStretchIsMissedToo() {
    Books books = good();
    books.ledger.remove(0);
    books.verify("10:01", "10:31");
    assertThat(books.found).containsExactly(discrepancy(Verdict.LOST, "10:01", "10:10", 10));
  }

  @Test
  void onlyThePartInThePeriodIsNamed() {
    Books books = good();
    books.ledger.remove(1);
    books.verify("10:15", "10:18");
    assertThat(books.found).containsExactly(discrepancy(Verdict.LOST, "10:15", "10:17", 3));
  }

  @Test
  void aStretchThatEndsTooEarlyLeavesAGap() {
    Books books =
        new Books()
            .closed(1, "10:00", DELIVERED, "10:01", "10:08", 8)
            .current(1, "10:00", EXPIRED, "10:11", "10:20", 10);
    assertThat(words(books.verify("10:01", "10:21"))).isEqualTo("8 delivered, 10 expired, 2 lost");
    assertThat(books.found).containsExactly(discrepancy(Verdict.LOST, "10:09", "10:10", 2));
  }

  @Test
  void aStretchWithTooFewFiresIsNamedAsAWhole() {
    Books books = new Books().current(1, "10:00", DELIVERED, "10:01", "10:30", 28);
    assertThat(words(books.verify("10:01", "10:31"))).isEqualTo("28 delivered, 2 lost");
    assertThat(books.found).containsExactly(discrepancy(Verdict.LOST, "10:01", "10:30", 2));
  }

  @Test
  void aStretchWithTooManyFiresIsDoubled() {
    Books books = new Books().current(1, "10:00", DELIVERED, "10:01", "10:30", 31);
    assertThat(words(books.verify("10:01", "10:31"))).isEqualTo("30 delivered, 1 doubled");
    assertThat(books.found).containsExactly(discrepancy(Verdict.DOUBLED, "10:01", "10:30", 1));
  }

  @Test
  void stretchesThatOverlapAreDoubledOnce() {
    Books books =
        new Books()
            .closed(1, "10:00", DELIVERED, "10:01", "10:12", 12)
            .current(1, "10:00", EXPIRED, "10:11", "10:20", 10);
    Counts counts = books.verify("10:01", "10:21");
    assertThat(words(counts)).isEqualTo("12 delivered, 8 expired, 2 doubled");
    assertThat(counts.total()).isEqualTo(20);
    assertThat(books.found).containsExactly(discrepancy(Verdict.DOUBLED, "10:11", "10:12", 2));
  }

  @Test
  void aVersionWithoutItsLastStretchLostItsEnd() {
    Books books =
        new Books()
            .ended(1, "* * * * *", "10:00", "10:10")
            .closed(1, "10:00", DELIVERED, "10:01", "10:04", 4);
    books.verify("10:01", "11:00");
    assertThat(books.found).containsExactly(discrepancy(Verdict.LOST, "10:05", "10:10", 6));
  }

  @Test
  void progressAheadOfItsOpenStretchLostWhatLiesBetween() {
    Books books = good();
    books.progress.clear();
    books.begun(1, "10:00", false);
    books.verify("10:01", "10:31");
    assertThat(books.found).isEmpty(); // nothing is settled: the stretches are of later
    books = new Books().ended(1, "* * * * *", "10:00", "10:10");
    assertThat(words(books.verify("10:01", "10:31"))).isEqualTo("10 lost");
  }

  @Test
  void eachActionIsToldByItself() {
    Books books = good().current(2, "10:00", SKIPPED, "10:01", "10:30", 30);
    books.verify("10:01", "10:31");
    assertThat(words(books.actions.get("1"))).isEqualTo("20 delivered, 10 expired");
    assertThat(words(books.actions.get("2"))).isEqualTo("30 skipped");
  }

  @Test
  void aScheduleThatCannotBeReadAnyMoreIsToldAndCountedAsItStands() {
    Books books =
        new Books()
            .ended(1, "nonsense", "10:00", "10:10")
            .closed(1, "10:00", PAUSED, "10:01", "10:10", 10);
    assertThat(words(books.verify("10:00", "11:00"))).isEqualTo("10 paused");
    assertThat(books.unreadable).isEqualTo(1);
  }

  @Test
  void anActionWithoutATimeInThePeriodIsNotNamed() {
    Books books = good();
    assertThat(words(books.verify("10:05:10", "10:05:50"))).isEmpty();
    assertThat(books.actions).isEmpty();
  }

  /** The period has no scheduled time, and yet the stretch over it has more than its schedule. */
  @Test
  void anActionOfWhichOnlyTooManyFiresAreKnownIsNamed() {
    Books books = new Books().current(1, "10:00", DELIVERED, "10:01", "10:10", 12);
    Counts counts = books.verify("10:05:10", "10:05:50");
    assertThat(words(counts)).isEqualTo("2 doubled");
    assertThat(counts.isGood()).isFalse();
    assertThat(words(books.actions.get("1"))).isEqualTo("2 doubled");
  }

  /** Its latest stretch was closed, and nothing was settled since. */
  @Test
  void aStretchThatWasClosedLastCountsThoughNoneIsOpen() {
    Books books =
        new Books().begun(1, "10:00", false).closed(1, "10:00", DELIVERED, "10:01", "10:10", 10);
    Progress begun = books.progress.remove(0);
    books.progress.add(
        new Progress(
            begun.key(),
            Books.at("10:10"),
            begun.cron(),
            begun.zone(),
            false,
            begun.account(),
            Optional.empty()));
    assertThat(words(books.verify("10:01", "10:11"))).isEqualTo("10 delivered");
    assertThat(books.found).isEmpty();
  }

  /** As soon as it is known that some of a stretch are lost, they are not named a second time. */
  @Test
  void whatIsMissingInTheLedgerIsNotNamedAgainWhereTheReceiverLacksItToo() {
    Books books = new Books().current(1, "10:00", DELIVERED, "10:01", "10:10", 3);
    Received received = new Received(new Period(Books.at("10:01"), Books.at("10:11")), NO_CALLBACK);
    received.add(new FireId(ActionId.of(1), Books.at("10:05"), ""));
    books.received = Optional.of(received);
    assertThat(words(books.verify("10:01", "10:11"))).isEqualTo("10 lost");
    assertThat(books.found)
        .containsExactly(
            discrepancy(Verdict.LOST, "10:01", "10:10", 7),
            discrepancy(Verdict.LOST, "10:01", "10:04", 3));
  }

  /** The city went by another law when these times were accounted for. */
  @Test
  void aScheduleThatWasAccountedUnderAFormerLawIsNamed() {
    ZoneId city = Zones.former("Test/Verified", "2001a", ZoneOffset.ofHours(1).getRules());
    String zone = city.getId();
    Books books = new Books();
    books.versions.add(
        new LedgerVersion(Books.key(1), "0 * * * *", zone, Books.at("09:30"), Books.at("10:30")));
    books.progress.add(
        new Progress(
            Books.key(2),
            Books.at("10:30"),
            "0 * * * *",
            zone,
            false,
            new Account(Books.at("09:30"), Optional.of(DELIVERED), Books.at("10:00"), 1),
            Optional.empty()));
    books.ledger.add(
        new LedgerEntry(Books.key(1), Books.at("09:30"), DELIVERED, Stretch.of(Books.at("10:00"))));
    assertThat(words(books.verify("09:45", "10:15"))).isEqualTo("2 delivered");
    assertThat(books.formerLaws).containsExactly("1 " + zone, "2 " + zone);
    Books inForce = good();
    inForce.verify("10:01", "10:31");
    assertThat(inForce.formerLaws).isEmpty();
  }

  @Test
  void theVersionOfTheZoneDataIsNamedAsItsPublisherDoes() {
    assertThat(ZoneData.version()).matches("20\\d\\d[a-z]");
  }

  @Test
  void aYearOfAThousandMinutelyActionsIsCountedAndNotWalked() {
    Books books = new Books();
    Instant year = Instant.parse("2025-01-01T00:00:00Z");
    Instant end = year.plus(Duration.ofDays(365));
    for (int action = 1; action <= 1_000; action++) {
      books.ended(action, "* * * * *", "10:00", "10:00");
      books.versions.set(
          action - 1,
          new LedgerVersion(Books.key(action), "* * * * *", "UTC", year.minusSeconds(1), end));
      books.ledger.add(
          new LedgerEntry(
              Books.key(action),
              year.minusSeconds(1),
              DELIVERED,
              new Stretch(year, end.minusSeconds(60), 525_600)));
    }
    assertThat(words(books.verify(new Period(year, end)))).isEqualTo("525600000 delivered");
    assertThat(books.found).isEmpty();
  }
}
