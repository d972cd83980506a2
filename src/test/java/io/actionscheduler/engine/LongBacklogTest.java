package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.testing.Logged;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said before far more fires than usual are delivered late. */
@Tag("time")
@Timeout(60)
class LongBacklogTest {
  private static final MissedPolicy EACH = MissedPolicy.of(false, -1);

  private final EngineWorld world = new EngineWorld();
  private Logged log;

  @BeforeEach
  void listen() {
    log = Logged.of(io.actionscheduler.engine.intake.StartReport.class);
  }

  @AfterEach
  void close() throws Exception {
    log.close();
    world.close();
  }

  /** Starts anew {@code seconds} later; the target takes nothing meanwhile. */
  private void comeBackAfter(int seconds, MissedPolicy missed) throws Exception {
    world.start(action(7, "* * * * * *", missed));
    world.stop();
    world.clock.advance(Duration.ofSeconds(seconds));
    world.callback.hang();
    world.start(action(7, "* * * * * *", missed));
  }

  @Test
  void moreThanTenThousandOfOneActionAreToldWithTheirNumberBeforeTheFirstOfThem() throws Exception {
    comeBackAfter(10_002, EACH); // the last of them is on time
    assertThat(world.callback.delivered()).isEmpty();
    assertThat(log.lines())
        .singleElement()
        .asString()
        .startsWith("action 7 \"name7\" has 10001 missed fires to deliver")
        .contains("merge_missed", "actuality_time", "catch_up_max");
    world.callback.release();
    world.settle();
    assertThat(world.callback.delivered()).hasSize(10_002);
  }

  @Test
  void tenThousandAreNotWorthAWord() throws Exception {
    comeBackAfter(10_001, EACH);
    assertThat(log.lines()).isEmpty();
  }

  @ParameterizedTest(name = "merge {0}, actuality {1} s, at most {2}")
  @CsvSource({"true, -1, ", "false, 9000, ", "false, -1, 500"})
  void neitherIsWhatMergesOrExpiresOrIsCapped(boolean merge, int actuality, Long most)
      throws Exception {
    world.catchUpMax = Optional.ofNullable(most);
    comeBackAfter(20_000, MissedPolicy.of(merge, actuality));
    assertThat(log.lines()).isEmpty();
  }
}
