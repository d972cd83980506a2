package io.actionscheduler.torture;

import io.actionscheduler.torture.Fault.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** One run: an arena, a seed, so many kills, and in the end the verdict. */
final class Ordeal {
  /** Of the runs that belong to the tests; another one by {@code -Dtorture.seed=…}. */
  static final long SEED = Long.getLong("torture.seed", 20_261_121L);

  private final Arena arena;
  private final Random random;

  Ordeal(Arena arena, long seed) {
    this.arena = arena;
    this.random = new Random(seed);
  }

  /**
   * What it was and what came of it.
   *
   * @param missing what was to be done to it and did not come about
   */
  record Account(
      String arena,
      List<Fault> faults,
      List<Receipt> receipts,
      Verdict verdict,
      List<String> wrong,
      Set<Kind> missing) {
    /** Whether every promise was kept, and it was torture. */
    boolean kept() {
      boolean tortured = verdict.targets() > 300 && missing.isEmpty();
      return verdict.failures().isEmpty() && wrong.isEmpty() && tortured;
    }

    void requireKept() {
      System.out.println(Report.markdown(this));
      if (!kept()) {
        throw new AssertionError(
            "seed " + SEED + ": " + wrong + verdict.failures() + ", missing: " + missing);
      }
    }
  }

  /**
   * @param kills how many times the program is killed
   * @param others what else is done to it
   */
  Account run(int kills, List<Arena.Torment> others) throws Exception {
    Victim victim = arena.victim();
    arena.rows().insertAll();
    arena.chronicle().begin(Kind.START, Instant.now());
    victim.start();
    victim.awaitReady();
    Instant begin = Instant.now();
    arena.rows().ready(begin);
    for (Arena.Torment torment : torments(kills, others)) {
      Thread.sleep(300 + random.nextInt(1500));
      if (random.nextInt(10) < 6) {
        arena.rows().change(random);
      }
      torment.inflict(random);
    }
    Instant end = Instant.now().plusSeconds(1);
    Allowance allowance = arena.allowance();
    Duration calm = allowance.window().plus(allowance.recovery());
    Thread.sleep(calm.toMillis());
    victim.terminate();
    return judge(begin, end);
  }

  /** Leaves it alone for {@code length}. */
  static Arena.Torment calm(Duration length) {
    return random -> Thread.sleep(length.toMillis());
  }

  private List<Arena.Torment> torments(int kills, List<Arena.Torment> others) {
    List<Arena.Torment> all = new ArrayList<>(Collections.nCopies(kills, this::kill));
    all.addAll(others);
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

  private Account judge(Instant begin, Instant end) throws Exception {
    List<Receipt> receipts = arena.receipts();
    Allowance allowance = arena.allowance();
    List<Fault> faults = new ArrayList<>(arena.chronicle().faults());
    List<Fault> stalls = Stalls.of(receipts, new Faults(faults, allowance));
    faults.addAll(stalls);
    Faults all = new Faults(faults, allowance);
    // What is due behind the end may have come or not, and earlier ones may be merged into it.
    List<Target> targets =
        arena.rows().targets(all, Instant.now()).stream()
            .map(each -> each.at().isAfter(end) ? each.uncertain() : each)
            .toList();
    Verdict verdict =
        Checker.check(targets, receipts, faults, allowance)
            .and(arena.rows().commands().check(receipts, all));
    List<String> wrong = new ArrayList<>(arena.chronicle().wrong());
    Stalls.excess(stalls, begin, end).ifPresent(wrong::add);
    List<Fault> done = all.all().stream().filter(each -> each.kind() != Kind.START).toList();
    Set<Kind> missing = new TreeSet<>(arena.suffers());
    done.forEach(fault -> missing.remove(fault.kind()));
    return new Account(arena.name(), done, receipts, verdict, wrong, missing);
  }
}
