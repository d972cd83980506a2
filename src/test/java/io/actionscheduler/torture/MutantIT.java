package io.actionscheduler.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.torture.Ordeal.Account;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds of the program with a planted fault each: the checker must find every one. */
class MutantIT {
  private static final Map<Mutant, Failure.Kind> FAILS =
      Map.of(
          Mutant.PROGRESS_BEFORE_CONFIRMATION,
          Failure.Kind.LOST,
          Mutant.DROPPED_RETRY,
          Failure.Kind.LOST,
          Mutant.EARLY_FIRE,
          Failure.Kind.EARLY,
          Mutant.WRONG_COUNT,
          Failure.Kind.WRONG_COUNT);

  private static final Duration CALM = Duration.ofSeconds(9);

  @TempDir Path folder;

  @Test
  void everyPlantedFaultIsFound() throws Exception {
    ExecutorService beside = Executors.newFixedThreadPool(Mutant.values().length);
    try {
      Map<Mutant, Future<Account>> runs = new EnumMap<>(Mutant.class);
      for (Mutant mutant : Mutant.values()) {
        runs.put(mutant, beside.submit(() -> torture(mutant)));
      }
      for (Map.Entry<Mutant, Future<Account>> run : runs.entrySet()) {
        assertThat(run.getValue().get().verdict().failures())
            .as(run.getKey().name())
            .anyMatch(failure -> failure.kind() == FAILS.get(run.getKey()));
      }
    } finally {
      beside.shutdownNow();
    }
  }

  @Test
  void aCallbackThatConfirmsWhatItDidNotSendIsFound() throws Exception {
    try (SqliteArena arena = new SqliteArena(folder, Ordeal.SEED, 5)) {
      Account account =
          new Ordeal(arena, Ordeal.SEED).run(0, List.of(Ordeal.calm(Duration.ofSeconds(7))));
      assertThat(account.verdict().failures())
          .anyMatch(failure -> failure.kind() == Failure.Kind.LOST);
    }
  }

  private Account torture(Mutant mutant) throws Exception {
    Path own = Files.createDirectories(folder.resolve(mutant.name()));
    try (SqliteArena arena = new SqliteArena(own, Ordeal.SEED, 0)) {
      arena.program(mutant.build(own));
      // One kill alone may meet a moment at which nothing was on its way.
      List<Arena.Torment> kills = Collections.nCopies(4, arena::killInFlight);
      return new Ordeal(arena, Ordeal.SEED)
          .run(0, Stream.concat(kills.stream(), Stream.of(Ordeal.calm(CALM))).toList());
    }
  }
}
