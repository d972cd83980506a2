package io.actionscheduler.app.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.engine.Status;
import io.actionscheduler.engine.intake.SourceStatus;
import io.actionscheduler.fire.Outage;
import io.actionscheduler.fire.OutageStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OutageWatchTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final Outage MAIL = new Outage("mail", NOW, "no route");

  private final List<List<Outage>> kept = new ArrayList<>();
  private List<SourceStatus> sources = List.of();

  private final class Store implements OutageStore {
    @Override
    public void keepOutages(Collection<Outage> now, Instant at) {
      kept.add(List.copyOf(now));
    }
  }

  private static SourceStatus source(String problem) {
    return new SourceStatus(
        "rest",
        List.of(),
        Set.of(),
        List.of(),
        Optional.of(NOW),
        Duration.ZERO,
        Optional.of(NOW).filter(at -> !problem.isEmpty()),
        problem);
  }

  @Test
  void sourcesThatCannotBeReadAreStoredWithTheirLatestReason() {
    Status engine = new Status(1, 1, Optional.empty(), 0, 0, 0, 0, List.of(MAIL), false);
    OutageWatch watch =
        new OutageWatch(
            () -> CompletableFuture.completedFuture(engine),
            () -> sources,
            new Store(),
            InstantSource.fixed(NOW));
    for (String problem : new String[] {"", "answered 500", "answered 500", "answered 401", ""}) {
      sources = List.of(source(problem));
      watch.look();
    }
    assertThat(kept)
        .containsExactly(
            List.of(MAIL),
            List.of(MAIL, Outage.ofSource("rest", NOW, "answered 500")),
            List.of(MAIL, Outage.ofSource("rest", NOW, "answered 401")),
            List.of(MAIL));
    assertThat(MAIL.source()).isEmpty();
    assertThat(kept.get(1).get(1).source()).contains("rest");
  }
}
