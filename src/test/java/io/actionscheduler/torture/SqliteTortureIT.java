package io.actionscheduler.torture;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the torture in the default layout. */
class SqliteTortureIT {
  @TempDir Path folder;

  @Test
  void killedStoppedFrozenAndStarvedItKeepsEveryPromise() throws Exception {
    try (SqliteArena arena = new SqliteArena(folder, Ordeal.SEED, 0)) {
      new Ordeal(arena, Ordeal.SEED).run(6, arena.torments()).requireKept();
    }
  }
}
