package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionSource;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Snapshot;
import io.actionscheduler.action.SourceException;
import io.actionscheduler.engine.intake.ActionSync;
import io.actionscheduler.engine.intake.NextRuns;
import io.actionscheduler.engine.intake.SourceStart;
import io.actionscheduler.fire.IdScope;
import io.actionscheduler.testing.Logged;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is begun with when the source is away. */
class ActionSyncTest {
  private static final Duration DAY = Duration.ofHours(24);
  private static final Action ACTION = action(1, "* * * * *", MissedPolicy.of(false, -1));
  private static final Instant READ_AT = Instant.parse("2026-03-02T10:00:00Z");

  private final FakeClock clock = new FakeClock("2026-03-02T10:00:00Z");
  private final FakeStore store = new FakeStore();
  private Logged log;

  @BeforeEach
  void listen() {
    log = Logged.of(ActionSync.class);
  }

  @AfterEach
  void close() {
    log.close();
  }

  /** A source with one action in it, or away. */
  private record Source(boolean away) implements ActionSource {
    @Override
    public String name() {
      return "table";
    }

    @Override
    public Optional<Snapshot> poll(Snapshot last, Instant now) throws SourceException {
      if (away) {
        throw SourceException.unavailable("connection refused", null);
      }
      return Optional.of(new Snapshot(List.of(ACTION), List.of(), now));
    }

    @Override
    public void close() {}
  }

  private SourceStart open(Source source, Duration maxAge) throws Exception {
    ActionSync sync = new ActionSync(source, store, clock);
    SourceStart opening =
        sync.open(maxAge, IdScope.ALL, NextRuns.NONE, (cron, zone) -> Optional.empty());
    sync.keepOpening();
    return opening;
  }

  @Test
  void aSnapshotAsOldAsAllowedIsBegunWithAndItsAgeIsSaid() throws Exception {
    open(new Source(false), DAY);
    clock.advance(DAY);
    SourceStart opening = open(new Source(true), DAY);
    assertThat(opening.actions()).containsExactly(ACTION);
    assertThat(opening.readAt()).isEqualTo(READ_AT);
    assertThat(log.lines())
        .singleElement()
        .asString()
        .contains("table is unavailable", "1 actions", READ_AT.toString(), "24h ago", "refused");
  }

  @Test
  void anOlderOneIsNot() throws Exception {
    open(new Source(false), DAY);
    clock.advance(DAY.plusMillis(1));
    assertThatThrownBy(() -> open(new Source(true), DAY))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("connection refused");
    assertThat(log.lines()).isEmpty();
  }

  @Test
  void withoutOneNothingIsBegunWith() {
    assertThatThrownBy(() -> open(new Source(true), DAY)).isInstanceOf(SourceException.class);
  }

  @Test
  void aSourceThatWasNeverReadIsUnavailableSinceItWasFirstAsked() throws Exception {
    boolean[] away = {true};
    ActionSync sync =
        new ActionSync(
            new ActionSource() {
              @Override
              public String name() {
                return "table";
              }

              @Override
              public Optional<Snapshot> poll(Snapshot last, Instant now) throws SourceException {
                return new Source(away[0]).poll(last, now);
              }

              @Override
              public void close() {}
            },
            store,
            clock);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(
              () -> sync.open(DAY, IdScope.ALL, NextRuns.NONE, (cron, zone) -> Optional.empty()))
          .isInstanceOf(SourceException.class);
      clock.advance(Duration.ofSeconds(10));
    }
    assertThat(sync.status().unavailableSince()).contains(READ_AT);
    assertThat(sync.status().problem()).contains("connection refused");

    away[0] = false;
    sync.open(DAY, IdScope.ALL, NextRuns.NONE, (cron, zone) -> Optional.empty());
    assertThat(sync.status().unavailableSince()).isEmpty();
    assertThat(sync.status().problem()).isEmpty();
    assertThat(log.lines()).isEmpty(); // the caller says both
  }

  @Test
  void aSnapshotIsNoYoungerForAStartThatUsedIt() throws Exception {
    open(new Source(false), DAY);
    clock.advance(Duration.ofHours(20));
    open(new Source(true), DAY);
    assertThat(store.snapshotReadAt("table")).contains(READ_AT);
  }

  @Test
  void aSourceThatIsBackIsReadWhateverTheAge() throws Exception {
    open(new Source(false), DAY);
    clock.advance(Duration.ofDays(30));
    assertThat(open(new Source(false), DAY).readAt()).isEqualTo(clock.instant());
    assertThat(store.snapshotReadAt("table")).contains(clock.instant());
  }
}
