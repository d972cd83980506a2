package io.actionscheduler.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.action.Policy;
import io.actionscheduler.engine.run.ActionProgress;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.UnixDialect;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FurthestProgressTest {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  private final FurthestProgress furthest = new FurthestProgress();

  private static ActionProgress progress() throws Exception {
    Policy policy =
        new Policy(
            true, MissedPolicy.of(false, -1), Overlap.ALLOW, List.of("main"), Optional.empty());
    ScheduleParser parser = new ScheduleParser(UnixDialect.CRONTAB, value -> null);
    return new ActionProgress(
        new Action(
            ActionId.of(7),
            "report",
            "command",
            parser.parse("* * * * *", "* * * * *", ZoneOffset.UTC),
            policy,
            Map.of()),
        "main");
  }

  private void include(Instant at) throws Exception {
    ActionProgress progress = progress();
    progress.begin(at);
    furthest.include(progress);
  }

  @Test
  void withoutProgressThatHasBegunNothingIsAfterAnyMoment() throws Exception {
    assertThat(furthest.mayBeAfter(Instant.MIN)).isFalse();

    furthest.include(progress());

    assertThat(furthest.mayBeAfter(Instant.MIN)).isFalse();
    assertThat(furthest.mayBeAfter(Instant.EPOCH)).isFalse();
  }

  @Test
  void whatIsFurthestStaysSo() throws Exception {
    include(NOON);
    include(NOON.minusSeconds(60));

    assertThat(furthest.mayBeAfter(NOON.minusSeconds(1))).isTrue();
    assertThat(furthest.mayBeAfter(NOON)).isFalse();
    assertThat(furthest.mayBeAfter(NOON.plusSeconds(1))).isFalse();
  }

  @Test
  void progressIsComparedInWholeMicroseconds() throws Exception {
    include(NOON.plusNanos(2_000));

    assertThat(furthest.mayBeAfter(NOON.plusNanos(1_999))).isTrue();
    assertThat(furthest.mayBeAfter(NOON.plusNanos(2_000))).isFalse();
    assertThat(furthest.mayBeAfter(NOON.plusNanos(2_001))).isFalse();
  }
}
