package io.actionscheduler.torture;

import io.actionscheduler.torture.Fault.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** One run: an arena, a seed, so many kills, and in the end the verdict. */
final class Ordeal {
  private static final Allowance ALLOWANCE = Allowance.USUAL;
  private static final Duration LATE = Duration.ofMillis(500);

  private final Arena arena;
  private final Random random;

  Ordeal(Arena arena, long seed) {
    this.arena = arena;
    this.random = new Random(seed);
  }

  /** What it was and what came of it. */
  record Account(
      String arena,
      List<Fault> faults,
      List<Receipt> receipts,
      Verdict verdict,
      List<String> wrong) {
    boolean passed() {
      return verdict.failures().isEmpty() && wrong.isEmpty();
    }
  }

  /**
   * @param kills how many times the program is killed
   * @param rounds how many times each other torment is inflicted
   */
  Account run(int kills, int rounds) throws Exception {
    Victim victim = arena.victim();
    arena.rows().insertAll();
    arena.chronicle().begin(Kind.TERM, Instant.now()); // not there yet is as good as stopped
    victim.start();
    victim.awaitReady();
    for (Arena.Torment torment : torments(kills, rounds)) {
      Thread.sleep(300 + random.nextInt(1500));
      if (random.nextInt(10) < 6) {
        arena.rows().change(random);
      }
      torment.inflict(random);
    }
    Instant end = Instant.now().plusSeconds(1);
    Duration calm = ALLOWANCE.window().plus(ALLOWANCE.recovery());
    Thread.sleep(calm.toMillis());
    victim.terminate();
    return judge(end);
  }

  private List<Arena.Torment> torments(int kills, int rounds) {
    List<Arena.Torment> all = new ArrayList<>(Collections.nCopies(kills, this::kill));
    for (int round = 0; round < rounds; round++) {
      all.addAll(arena.torments());
    }
    Collections.shuffle(all, random);
    return all;
  }

  /** At any moment: often while it fires, now and then while it starts. */
  private void kill(Random random) throws Exception {
    if (random.nextBoolean()) {
      long toTheSecond = 1000 - System.currentTimeMillis() % 1000;
      Thread.sleep(toTheSecond + random.nextInt(30));
    }
    arena.victim().kill();
    arena.victim().start();
    if (random.nextInt(10) == 0) {
      Thread.sleep(random.nextInt(1500));
      arena.victim().kill();
      arena.victim().start();
    }
    arena.victim().awaitReady();
  }

  private Account judge(Instant end) throws Exception {
    List<Receipt> receipts = arena.receipts();
    List<Fault> faults = new ArrayList<>(arena.chronicle().faults());
    faults.addAll(stalls(receipts, new Faults(faults, ALLOWANCE)));
    Faults all = new Faults(faults, ALLOWANCE);
    List<Receipt> inTime =
        receipts.stream().filter(each -> !each.scheduledAt().isAfter(end)).toList();
    Verdict verdict = Checker.check(arena.rows().targets(all, end), inTime, faults, ALLOWANCE);
    return new Account(arena.name(), all.all(), inTime, verdict, arena.chronicle().wrong());
  }

  /** Where the sentinel was late and nothing was done: all of the program, or the machine, was. */
  private static List<Fault> stalls(List<Receipt> receipts, Faults faults) {
    return receipts.stream()
        .filter(each -> each.action() == Rows.SENTINEL && each.accepted())
        .filter(each -> each.receivedAt().isAfter(each.scheduledAt().plus(LATE)))
        .filter(each -> !faults.touch(Rows.SENTINEL, each.scheduledAt(), each.scheduledAt()))
        .map(each -> Fault.of(Kind.STALL, each.scheduledAt(), each.receivedAt()))
        .toList();
  }
}
