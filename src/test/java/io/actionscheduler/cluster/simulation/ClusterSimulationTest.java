package io.actionscheduler.cluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Several processes on virtual time, in one thread: {@code -Dseeds=10000} runs as many, {@code
 * -Dseed=} begins with another.
 */
class ClusterSimulationTest {
  private static final long FIRST = Long.getLong("seed", 1);
  private static final long SEEDS = Long.getLong("seeds", 400);

  @Test
  void whateverHappensNothingIsLostDoubledOrEarly() {
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      assertThat(new World(seed, Planted.NONE).run()).describedAs("seed %d", seed).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aPlantedFaultIsFound(Planted planted) {
    long found = 0;
    for (long seed = FIRST; found == 0 && seed < FIRST + SEEDS; seed++) {
      List<String> broken = new World(seed, planted).run();
      if (!broken.isEmpty()) {
        found = seed;
      }
    }
    assertThat(found).describedAs("a seed that finds it").isPositive();
  }

  @Test
  void theSameSeedIsTheSameRun() {
    List<String> broken = List.of();
    long seed = FIRST - 1;
    while (broken.isEmpty() && seed < FIRST + SEEDS) {
      broken = new World(++seed, Planted.NO_FENCE).run();
    }
    assertThat(broken).describedAs("what a seed finds").isNotEmpty();
    assertThat(new World(seed, Planted.NO_FENCE).run()).isEqualTo(broken);
  }
}
