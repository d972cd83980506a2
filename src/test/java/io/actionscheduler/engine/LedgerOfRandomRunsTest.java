package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.calendar.Blackout;
import io.actionscheduler.calendar.CalendarFault;
import io.actionscheduler.calendar.Calendars;
import io.actionscheduler.calendar.WeeklyHours;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.fire.LedgerEntry;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.schedule.Window;
import io.actionscheduler.schedule.Windows;
import io.actionscheduler.verify.Books;
import io.actionscheduler.verify.Counts;
import io.actionscheduler.verify.Period;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever happens to a scheduler, its ledger accounts for every scheduled time once. */
class LedgerOfRandomRunsTest {
  private static final List<String> CRONS =
      List.of("*/5 * * * * *", "* * * * *", "30s", "*/7 * * * * *", "1m");
  private static final List<MissedPolicy> POLICIES =
      List.of(MissedPolicy.of(true, -1), MissedPolicy.of(false, -1), MissedPolicy.of(false, 20));

  private static final Windows ODD_MINUTES = every(120, 60);
  private static final Windows THIRDS = every(30, 10);
  private static final List<Calendars> CALENDARS =
      List.of(
          calendars(),
          calendars(blackout("10:00:30-10:01:10", Blackout.Mode.HOLD)),
          calendars(
              blackout("10:01-10:02:20", Blackout.Mode.SKIP),
              blackout("10:05-10:06", Blackout.Mode.HOLD)));

  private final EngineWorld world = new EngineWorld();
  private final Map<Integer, Action> table = new TreeMap<>();
  private final Set<Integer> overlapped = new HashSet<>();
  private boolean mayCrash = true;
  private boolean calendars;

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void nothingIsLostAndNothingCountedTwice(long seed) throws Exception {
    live(seed);
  }

  /** Where fires overlap, what ran beside an unsettled one is found again by the next start. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void withoutACrashNothingIsDeliveredTwice(long seed) throws Exception {
    mayCrash = false;
    live(seed);
    List<String> delivered = new ArrayList<>(world.callback.deliveredTimes());
    delivered.addAll(world.other.deliveredTimes());
    delivered.removeIf(fire -> overlapped.contains(Integer.valueOf(fire.split("@")[0])));
    assertThat(delivered).as("seed %d", seed).doesNotHaveDuplicates();
  }

  /** Calendars exclude some fires, and blackouts hold or skip them, whatever else happens. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("fewSeeds")
  void calendarsAndBlackoutsLeaveNothingUnaccounted(long seed) throws Exception {
    calendars = true;
    world.calendars.use(CALENDARS.get((int) (seed % CALENDARS.size())));
    live(seed);
    if (seed == 1) { // others may have no such fire
      assertThat(world.store.ledger())
          .extracting(LedgerEntry::outcome)
          .contains(Outcome.EXCLUDED, Outcome.DELIVERED);
    }
    for (String fire : world.callback.deliveredTimes()) {
      assertThat(isExcluded(fire)).as("seed %d: %s was delivered", seed, fire).isFalse();
    }
  }

  private boolean isExcluded(String fire) {
    String[] parts = fire.split("@");
    boolean odd = Integer.parseInt(parts[0]) % 2 == 1;
    Instant at = Instant.parse("2026-03-02T" + parts[1] + "Z");
    return odd && ODD_MINUTES.contain(at) || !odd && !THIRDS.contain(at);
  }

  private static Windows every(int seconds, int length) {
    return (from, until) -> {
      List<Window> found = new ArrayList<>();
      long second = Math.floorDiv(from.getEpochSecond(), (long) seconds) * seconds;
      for (Instant at = Instant.ofEpochSecond(second);
          at.isBefore(until);
          at = at.plusSeconds(seconds)) {
        found.add(new Window(at, at.plusSeconds(length)));
      }
      return Windows.cut(Windows.joined(found), from, until);
    };
  }

  private static Calendars calendars(Blackout... blackouts) {
    return new Calendars(Map.of("odd", ODD_MINUTES, "thirds", THIRDS), List.of(blackouts));
  }

  private static Blackout blackout(String hours, Blackout.Mode mode) {
    try {
      return new Blackout(WeeklyHours.read(hours), ZoneOffset.UTC, mode);
    } catch (CalendarFault e) {
      throw new IllegalArgumentException(e);
    }
  }

  private void live(long seed) throws Exception {
    Random random = new Random(seed);
    Instant begun = world.clock.instant();
    world.deadLetter = deadLetter(random);
    for (int id = 1; id <= 6; id++) {
      table.put(id, any(id, random));
    }
    world.start(rows());
    for (int step = 0; step < 40; step++) {
      happen(random);
    }
    world.callback.takeAll();
    world.other.takeAll();
    world.close();
    Books books = books();
    Counts counts = books.verify(new Period(begun, world.clock.instant()));
    assertThat(books.found).as("seed %d", seed).isEmpty();
    assertThat(counts.isGood()).isTrue();
    assertThat(counts.total()).isPositive();
  }

  static LongStream fewSeeds() {
    return LongStream.rangeClosed(1, 40);
  }

  static LongStream seeds() {
    return LongStream.rangeClosed(1, 150);
  }

  private void happen(Random random) throws Exception {
    switch (random.nextInt(10)) {
      case 0, 1 -> world.pass(Duration.ofSeconds(1 + random.nextInt(12)));
      case 2 -> world.sleep(Duration.ofSeconds(1 + random.nextInt(300)));
      case 3 -> edit(random);
      case 4 -> fail(world.callback, random);
      case 5 -> fail(world.other, random);
      case 6 -> restart(random);
      case 7, 8 -> whileFiresAreUnderWay(random);
      default -> {
        world.callback.takeAll();
        world.other.takeAll();
      }
    }
  }

  private void whileFiresAreUnderWay(Random random) {
    (random.nextBoolean() ? world.callback : world.other).hang();
    for (int event = 0; event < 4; event++) {
      world.pass(Duration.ofSeconds(1 + random.nextInt(8)));
      edit(random);
    }
    world.callback.release();
    world.other.release();
    world.settle();
  }

  private static Optional<String> deadLetter(Random random) {
    return random.nextBoolean() ? Optional.of("other") : Optional.empty();
  }

  private void edit(Random random) {
    int id = 1 + random.nextInt(8);
    if (random.nextInt(4) == 0) {
      table.remove(id);
    } else {
      table.put(id, any(id, random));
    }
    world.edit(rows());
  }

  private void restart(Random random) throws Exception {
    if (mayCrash && random.nextBoolean()) {
      world.kill();
    } else {
      world.stop();
    }
    world.deadLetter = deadLetter(random);
    world.clock.advance(Duration.ofSeconds(random.nextInt(200)));
    if (random.nextBoolean()) {
      int id = 1 + random.nextInt(6);
      table.put(id, any(id, random));
    }
    world.start(rows());
  }

  private static void fail(FakeCallback callback, Random random) {
    int kind = random.nextInt(4);
    callback.answer(
        delivery ->
            switch (kind) {
              case 0 -> CallbackException.refused("not now", null);
              case 1 -> CallbackException.permanent("never", null);
              case 2 -> CallbackException.unavailableUnknown("gone", null);
              default ->
                  delivery.fire().scheduledAt().getEpochSecond() % 2 == 0
                      ? CallbackException.unavailable("gone", null)
                      : null;
            });
  }

  private Action any(int id, Random random) {
    Action plain = anyAction(id, random);
    Action action =
        calendars ? EngineWorld.following(plain, id % 2 == 1 ? "odd" : "only:thirds") : plain;
    if (action.policy().overlap() == Overlap.ALLOW) {
      overlapped.add(id);
    }
    return action;
  }

  private static Action anyAction(int id, Random random) {
    return action(
        id,
        CRONS.get(random.nextInt(CRONS.size())),
        POLICIES.get(random.nextInt(POLICIES.size())),
        Overlap.values()[random.nextInt(Overlap.values().length)],
        random.nextInt(4) > 0,
        random.nextInt(3) > 0 ? "main" : "other");
  }

  private Action[] rows() {
    return table.values().toArray(Action[]::new);
  }

  private Books books() {
    Books books = new Books();
    books.progress.addAll(world.store.all());
    books.versions.addAll(world.store.versions());
    List<LedgerEntry> ledger = new ArrayList<>(world.store.ledger());
    ledger.sort(
        Comparator.comparing((LedgerEntry entry) -> entry.key().action(), ActionId::compareTo)
            .thenComparing(entry -> entry.key().callback())
            .thenComparing(LedgerEntry::begunAt)
            .thenComparing(entry -> entry.stretch().first()));
    books.ledger.addAll(ledger);
    return books;
  }
}
