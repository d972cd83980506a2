package io.actionscheduler.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.fire.LedgerEntry;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.text.CronReader;
import io.actionscheduler.verify.Books;
import io.actionscheduler.verify.Period;
import io.actionscheduler.zone.Zones;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The law of a zone changes: nothing fires twice, nothing is lost, and the ledger knows. */
@Tag("time")
@Timeout(60)
class LawChangeTest {
  private static final MissedPolicy EACH = MissedPolicy.of(false, -1);
  private static final CronReader CRONS =
      new CronReader(new ScheduleParser(UnixDialect.CRONTAB, value -> null));

  private final EngineWorld world = new EngineWorld();

  @AfterEach
  void close() throws Exception {
    world.close();
  }

  /**
   * An action in a city whose clock is so many minutes ahead of UTC, by the law of that version.
   */
  private static Action action(String cron, String law, int minutesAhead) {
    ZoneId city =
        Zones.former("Test/City", law, ZoneOffset.ofTotalSeconds(minutesAhead * 60).getRules());
    try {
      return EngineWorld.action(1, cron, EACH).with(CRONS.read(cron, city));
    } catch (InvalidSchedule e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Action early(String cron) {
    return action(cron, "2001a", 0);
  }

  /** By this law each time of the day comes an hour later. */
  private static Action later(String cron) {
    return action(cron, "2002a", -60);
  }

  /** By this law each time of the day comes an hour sooner. */
  private static Action sooner(String cron) {
    return action(cron, "2003a", 60);
  }

  private void assertThatTheLedgerIsGood(Instant begun) throws Exception {
    Books books = new Books();
    books.progress.addAll(world.store.all());
    books.versions.addAll(world.store.versions());
    List<LedgerEntry> ledger = new ArrayList<>(world.store.ledger());
    ledger.sort(
        Comparator.comparing(LedgerEntry::begunAt).thenComparing(entry -> entry.stretch().first()));
    books.ledger.addAll(ledger);
    assertThat(books.verify(new Period(begun, world.clock.instant())).isGood()).isTrue();
    assertThat(books.found).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatFiredByTheOldClockDoesNotFireAgainByTheNewOne(boolean down) throws Exception {
    Instant begun = world.clock.instant();
    world.start(early("0 11 * * *")).sleep(Duration.ofMinutes(90));
    change(down, later("0 11 * * *"));

    world.sleep(Duration.ofHours(4));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@11:00:00");
    world.sleep(Duration.ofHours(22));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@11:00:00", "1@12:00:00");
    assertThatTheLedgerIsGood(begun);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatTheNewClockHasPassedAlreadyFiresLateAndOnce(boolean down) throws Exception {
    Instant begun = world.clock.instant();
    world.start(early("0 12 * * *")).sleep(Duration.ofMinutes(90));
    change(down, sooner("0 12 * * *"));

    assertThat(world.callback.deliveredTimes()).containsExactly("1@11:00:00");
    world.sleep(Duration.ofHours(4));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@11:00:00");
    assertThatTheLedgerIsGood(begun);
  }

  private void change(boolean down, Action action) throws Exception {
    if (down) {
      world.stop();
      world.start(action);
    } else {
      world.edit(action);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {"0 * * * *", "1h"})
  void whatMeansNoTimeOfTheDayGoesOnAsBefore(String cron) throws Exception {
    Instant begun = world.clock.instant();
    world.start(early(cron)).sleep(Duration.ofMinutes(90));
    world.edit(later(cron)).sleep(Duration.ofHours(2));

    assertThat(world.callback.deliveredTimes())
        .containsExactly("1@11:00:00", "1@12:00:00", "1@13:00:00");
    assertThatTheLedgerIsGood(begun);
  }

  @Test
  void aTimeThatHadPassedBeforeTheActionCameStillComes() throws Exception {
    world.start(early("0 10 * * *")).sleep(Duration.ofMinutes(30)); // it came at 10:00:00.5
    world.edit(later("0 10 * * *")).sleep(Duration.ofHours(1));

    assertThat(world.callback.deliveredTimes()).containsExactly("1@11:00:00");
  }

  @Test
  void whatWaitsForItsCallbackIsNotSuperseded() throws Exception {
    Instant begun = world.clock.instant();
    world.callback.answer(d -> CallbackException.unavailable("gone", null));
    world.start(early("0 11,12 * * *")).sleep(Duration.ofMinutes(150));
    world.edit(sooner("0 11,12 * * *"));
    world.callback.answer(d -> null);
    world.sleep(Duration.ofMinutes(10));

    assertThat(world.callback.deliveredTimes()).contains("1@11:00:00");
    assertThatTheLedgerIsGood(begun);
  }

  @Test
  void aFireInRetryIsTriedToItsEndFirst() throws Exception {
    Instant begun = world.clock.instant();
    world.callback.answer(d -> CallbackException.refused("no", null));
    world.start(early("0 11 * * *")).sleep(Duration.ofMinutes(60));
    world.edit(later("0 11 * * *"));
    world.callback.answer(d -> null);
    world.sleep(Duration.ofMinutes(5));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@11:00:00");
    world.sleep(Duration.ofHours(3));
    assertThat(world.callback.deliveredTimes()).containsExactly("1@11:00:00");
    assertThatTheLedgerIsGood(begun);
  }

  @Test
  void theLedgerSaysByWhichLawItWasAccounted() throws Exception {
    world.start(early("0 11 * * *")).sleep(Duration.ofMinutes(90));
    world.edit(later("0 11 * * *")).sleep(Duration.ofMinutes(1));

    assertThat(world.store.versions())
        .extracting(version -> version.zone())
        .containsExactly("Test/City~2001a");
    assertThat(world.store.all())
        .extracting(progress -> progress.zone())
        .containsExactly("Test/City~2002a");
  }

  /** Laws come and go by minutes here, at any moment, as nobody would make them. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void whateverTheLawsNothingIsLostOrDoubled(long seed) throws Exception {
    Random random = new Random(seed);
    Instant begun = world.clock.instant();
    String cron =
        List.of("*/3 10,11 * * *", "*/2 * * * *", "0,7,20,55 10 * * *").get((int) seed % 3);
    world.start(action(cron, "2000a", 0));
    for (int step = 0; step < 40; step++) {
      int law = random.nextInt(5) - 2;
      Action anew = action(cron, law == 0 ? "2000a" : "200" + (law + 5) + "b", law * 4);
      switch (random.nextInt(4)) {
        case 0 -> world.edit(anew);
        case 1 -> {
          world.stop();
          world.clock.advance(Duration.ofSeconds(random.nextInt(300)));
          world.start(anew);
        }
        default -> world.sleep(Duration.ofSeconds(random.nextInt(200)));
      }
    }
    world.settle();

    assertThat(world.callback.deliveredTimes()).isNotEmpty().doesNotHaveDuplicates();
    assertThatTheLedgerIsGood(begun);
  }
}
