package io.actionscheduler.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Overlap;
import io.actionscheduler.action.Policy;
import io.actionscheduler.engine.intake.Replanned;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.text.CronReader;
import io.actionscheduler.zone.LawDifference;
import io.actionscheduler.zone.ZoneChoice;
import io.actionscheduler.zone.ZoneData;
import io.actionscheduler.zone.Zones;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ZoneViewTest {
  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
  private static final CronReader CRONS =
      new CronReader(new ScheduleParser(UnixDialect.CRONTAB, value -> null));

  private static Action action(String cron, ZoneId zone) throws Exception {
    return new Action(
        new ActionId("7"),
        "report",
        "x",
        CRONS.read(cron, zone),
        new Policy(
            true, MissedPolicy.of(false, -1), Overlap.QUEUE, List.of("stdout"), Optional.empty()),
        Map.of());
  }

  @Test
  void aChangeSaysTheLawTheActionsAndTheirNextTimesByBothClocks() throws Exception {
    ZoneId before = Zones.former("Test/Havana", "2026e", ZoneOffset.ofHours(-5).getRules());
    ZoneId now = Zones.former("Test/Havana", "2026f", ZoneOffset.ofHours(-4).getRules());
    Timing old = action("0 9 * * *", before).timing();
    LawDifference law = LawDifference.first(before.getRules(), now.getRules(), NOW).orElseThrow();

    assertThat(
            ZoneView.changes(
                Map.of("Test/Havana", law),
                List.of(new Replanned(action("0 9 * * *", now), old)),
                NOW))
        .isEqualTo(
            "Test/Havana is at -04:00 instead of -05:00 since 2026-11-27T12:00:00Z; rescheduled:"
                + " action 7 \"report\" fires next at 2026-11-27T09:00:00-04:00 instead of"
                + " 2026-11-27T09:00:00-05:00");
  }

  @Test
  void newerDataThatAreNotInForceAreNamed() throws Exception {
    ZoneData jdk = ZoneData.of(ZoneChoice.of(ZoneChoice.JDK, Map.of("TZDIR", "/no/such")));
    ZoneView view = new ZoneView(jdk, ZoneOffset.UTC);
    view.add(action("0 9 * * *", ZoneId.of("America/Vancouver")));

    boolean old = jdk.sources().get(1).isNewerThan(jdk.first());
    assertThat(view.isOutdated()).isEqualTo(old);
    if (old) {
      assertThat(view.summary(NOW))
          .contains(", though 2026f from bundled (in the jar) is newer; bundled 2026f has")
          .contains("America/Vancouver at -07:00 instead of -08:00 since 2026-11-01T09:00:00Z")
          .endsWith(": action 7 \"report\"");
    }
  }
}
