package io.actionscheduler.torture;

import io.actionscheduler.torture.Ordeal.Account;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The torture by hand: {@code torture/run}. */
public final class Torture {
  private Torture() {}

  /**
   * @param args the folder for results; then {@code short} or {@code long}, and a seed, parted by
   *     spaces, each of which may be left out
   */
  public static void main(String[] args) throws Exception {
    Path results = Files.createDirectories(Path.of(args[0]));
    List<String> words = List.of(args[1].trim().split("\\s+"));
    boolean isLong = words.contains("long");
    long seed =
        words.stream()
            .filter(word -> word.matches("-?\\d+"))
            .findFirst()
            .map(Long::parseLong)
            .orElseGet(System::nanoTime);
    System.out.println("seed " + seed);
    List<Account> accounts = new ArrayList<>();
    try (SqliteArena arena = new SqliteArena(Files.createTempDirectory("torture-"), seed, 0)) {
      accounts.add(new Ordeal(arena, seed).run(isLong ? 100 : 6, isLong ? 5 : 1));
    }
    StringBuilder report = new StringBuilder("## Torture, seed " + seed + "\n");
    for (Account account : accounts) {
      report.append("\n").append(Report.markdown(account));
      Files.writeString(
          results.resolve("torture-" + accounts.indexOf(account) + ".svg"), Picture.svg(account));
    }
    Files.writeString(results.resolve("report.md"), report);
    System.out.println(report);
    System.exit(accounts.stream().allMatch(Account::passed) ? 0 : 1);
  }
}
