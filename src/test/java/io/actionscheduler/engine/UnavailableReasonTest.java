package io.actionscheduler.engine;

import static io.actionscheduler.engine.EngineWorld.action;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.ActionSource;
import io.actionscheduler.action.MissedPolicy;
import io.actionscheduler.action.Snapshot;
import io.actionscheduler.action.SourceException;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.engine.intake.ActionSync;
import io.actionscheduler.testing.Logged;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each reason for an outage is told once, however often it is met. */
@Tag("time")
@Timeout(60)
class UnavailableReasonTest {
  private final EngineWorld world = new EngineWorld();

  @AfterEach
  void close() throws Exception {
    world.close();
  }

  @Test
  void ofACallback() throws Exception {
    try (Logged log = Logged.of("io.actionscheduler.engine.target.Availability")) {
      world.callback.answer(
          d -> CallbackException.unavailable("connection refused by port 4711", null));
      world.start(action(1, "* * * * *", MissedPolicy.of(true, -1))).pass(Duration.ofMinutes(3));
      world.callback.answer(d -> CallbackException.unavailable("wrong password", null));
      world.pass(Duration.ofMinutes(3));
      world.callback.answer(
          d -> CallbackException.unavailable("connection refused by port 4712", null));
      world.pass(Duration.ofMinutes(3));
      assertThat(world.status().outages())
          .singleElement()
          .satisfies(
              outage -> {
                assertThat(outage.callback()).isEqualTo("main");
                assertThat(outage.since()).isEqualTo(Instant.parse("2026-03-02T10:01:00.500Z"));
                assertThat(outage.reason()).isEqualTo("connection refused by port 4712");
              });
      assertThat(log.lines())
          .containsExactly(
              "callback main is unavailable, its fires wait while it is tried again and again:"
                  + " connection refused by port 4711",
              "callback main is still unavailable, for another reason: wrong password");
      log.clear();
      world.callback.takeAll();
      world.pass(Duration.ofMinutes(2));
      assertThat(world.status().outages()).isEmpty();
      assertThat(log.lines()).singleElement().asString().contains("main is available again after");
    }
  }

  private static final class Failing implements ActionSource {
    private String why = "answered 500";

    @Override
    public String name() {
      return "rest";
    }

    @Override
    public Optional<Snapshot> poll(Snapshot last, Instant now) throws SourceException {
      if (!why.isEmpty()) {
        throw SourceException.unavailable(why, null);
      }
      return Optional.empty();
    }

    @Override
    public void close() {}
  }

  @Test
  void ofASource() {
    Failing source = new Failing();
    ActionSync sync = new ActionSync(source, world.store, world.clock);
    ActionSync.Changes nothing = (plan, readings) -> CompletableFuture.completedFuture(null);
    try (Logged log = Logged.of(ActionSync.class)) {
      for (String why : new String[] {"no route", "answered 404", "no route", "answered 401", ""}) {
        source.why = why.isEmpty() ? "" : why;
        sync.poll(nothing);
      }
      assertThat(log.lines())
          .containsExactly(
              "source rest is unavailable, continuing with 0 actions: no route",
              "source rest is still unavailable, for another reason: answered 404",
              "source rest is still unavailable, for another reason: answered 401",
              "source rest is available again after 0 s: 0 actions changed");
    }
    world.boot();
  }
}
