package io.actionscheduler.torture;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the torture with exactly once, beside the other: each takes two minutes. */
class ExactlyOnceTortureIT {
  @TempDir Path folder;

  @Test
  void withExactlyOnceNothingIsEvenRepeated() throws Exception {
    KafkaTortureIT.torture(folder, true, 0); // it is killed at a commit
  }
}
