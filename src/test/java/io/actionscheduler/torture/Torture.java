package io.actionscheduler.torture;

import io.actionscheduler.torture.Ordeal.Account;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The torture by hand: {@code torture/run}. */
public final class Torture {
  /** Longer than any time-out of the program, and than Kafka's transactions last: 60 s. */
  private static final Duration FREEZE = Duration.ofSeconds(70);

  private final Path results;
  private final boolean isLong;
  private final long seed;
  private final StringBuilder report = new StringBuilder();
  private boolean passed = true;

  private Torture(Path results, boolean isLong, long seed) {
    this.results = results;
    this.isLong = isLong;
    this.seed = seed;
    report.append(
        String.format(
            Locale.ROOT,
            "# Torture%n%n`torture/run %s %d`, begun %s%n",
            isLong ? "long" : "short",
            seed,
            Instant.now()));
  }

  /**
   * @param args the folder for results; then words parted by spaces: {@code short} or {@code long},
   *     {@code sqlite}, {@code kafka} or {@code once} for one of the arenas, and a seed
   */
  public static void main(String[] args) throws Exception {
    List<String> words = List.of(args[1].trim().split("\\s+"));
    long seed =
        words.stream()
            .filter(word -> word.matches("-?\\d+"))
            .findFirst()
            .map(Long::parseLong)
            .orElseGet(System::nanoTime);
    System.out.println("seed " + seed);
    Torture torture =
        new Torture(Files.createDirectories(Path.of(args[0])), words.contains("long"), seed);
    List<String> arenas = List.of("sqlite", "kafka", "once");
    for (String arena : arenas) {
      if (words.contains(arena) || words.stream().noneMatch(arenas::contains)) {
        torture.in(arena);
      }
    }
    System.exit(torture.passed ? 0 : 1);
  }

  private void in(String arena) throws Exception {
    if (arena.equals("sqlite")) {
      onSqlite();
    } else {
      onKafka(arena, arena.equals("once"));
    }
  }

  private void onSqlite() throws Exception {
    try (SqliteArena arena = new SqliteArena(Files.createTempDirectory("torture-"), seed, 0)) {
      List<Arena.Torment> others = new ArrayList<>(others(arena));
      if (isLong) { // no time-out of it is longer: the receiver is waited for 30 s
        others.add(random -> arena.victim().pause(FREEZE));
      }
      tell(new Ordeal(arena, seed).run(isLong ? 100 : 6, others), "sqlite");
    }
  }

  private void onKafka(String name, boolean exactlyOnce) throws Exception {
    Path folder = Files.createTempDirectory("torture-");
    Duration sleep = isLong ? FREEZE : Duration.ofSeconds(17);
    try (KafkaArena arena = new KafkaArena(folder, exactlyOnce, sleep)) {
      tell(new Ordeal(arena, seed).run(isLong ? 6 : 2, others(arena)), name);
    }
  }

  private List<Arena.Torment> others(Arena arena) {
    return Collections.nCopies(isLong ? 3 : 1, arena.torments()).stream()
        .flatMap(List::stream)
        .toList();
  }

  private void tell(Account account, String name) throws Exception {
    report.append("\n").append(Report.markdown(account));
    System.out.println(Report.markdown(account));
    Files.writeString(results.resolve(name + ".svg"), Picture.svg(account));
    Files.writeString(results.resolve("report.md"), report);
    passed &= account.kept();
  }
}
