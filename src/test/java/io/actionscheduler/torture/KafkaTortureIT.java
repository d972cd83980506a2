package io.actionscheduler.torture;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the torture on PostgreSQL and Kafka. */
class KafkaTortureIT {
  @TempDir Path folder;

  @Test
  void stoppedAndCutOffItKeepsEveryPromise() throws Exception {
    torture(folder, false, 1);
  }

  static void torture(Path folder, boolean exactlyOnce, int kills) throws Exception {
    try (KafkaArena arena = new KafkaArena(folder, exactlyOnce, Duration.ofSeconds(17))) {
      new Ordeal(arena, Ordeal.SEED).run(kills, arena.torments()).requireKept();
    }
  }
}
