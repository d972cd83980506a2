package io.actionscheduler.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.torture.Ordeal.Account;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The torture in its short form, and a program that must not pass it. */
class TortureIT {
  private static final long SEED = Long.getLong("torture.seed", System.nanoTime());

  @TempDir Path folder;

  @Test
  void killedStoppedFrozenAndStarvedItKeepsEveryPromise() throws Exception {
    try (SqliteArena arena = new SqliteArena(folder, SEED, 0)) {
      assertKept(new Ordeal(arena, SEED).run(6, arena.torments()));
    }
  }

  @Test
  void withPostgresAndKafkaStoppedAndCutOffItKeepsEveryPromise() throws Exception {
    try (KafkaArena arena = new KafkaArena(folder)) {
      assertKept(new Ordeal(arena, SEED).run(1, arena.torments()));
    }
  }

  @Test
  void aProgramThatConfirmsWhatItDidNotSendDoesNotPass() throws Exception {
    try (SqliteArena arena = new SqliteArena(folder, SEED, 20)) {
      Account account = new Ordeal(arena, SEED).run(0, List.of());
      assertThat(account.verdict().failures())
          .as("torture.seed %d", SEED)
          .anyMatch(failure -> failure.kind() == Failure.Kind.LOST);
    }
  }

  private static void assertKept(Account account) {
    System.out.println("torture.seed " + SEED + "\n" + Report.markdown(account));
    assertThat(account.wrong()).as("torture.seed %d", SEED).isEmpty();
    assertThat(account.verdict().failures()).as("torture.seed %d", SEED).isEmpty();
    assertThat(account.verdict().targets()).isGreaterThan(300);
    assertThat(Picture.svg(account)).contains("kill -9");
  }
}
