package io.actionscheduler.app.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionSource;
import io.actionscheduler.action.Snapshot;
import io.actionscheduler.engine.Engine;
import io.actionscheduler.engine.EngineSettings;
import io.actionscheduler.engine.intake.ActionSync;
import io.actionscheduler.engine.intake.NextRuns;
import io.actionscheduler.fire.IdScope;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.quartz.QuartzAlarm;
import io.actionscheduler.store.MemoryStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeedTest {
  private static final Clock CLOCK = Clock.systemUTC();

  @ParameterizedTest
  @ValueSource(strings = {"snapshotReadAt", "readAll"})
  void aSourceThatBeginsWhileTheStoreFailsWaitsForIt(String question) throws Exception {
    Exit exit = new Exit();
    CountDownLatch ready = new CountDownLatch(1);
    Store store = failingOnce(question);
    EngineSettings settings =
        new EngineSettings(
            List.of(), Optional.empty(), Optional.empty(), Duration.ofSeconds(1), false);
    try (QuartzAlarm alarm = new QuartzAlarm(CLOCK);
        Engine engine = new Engine(settings, store, alarm, CLOCK, defect -> {});
        Feed feed =
            new Feed(
                entry(new Empty()),
                new ActionSync(new Empty(), store, CLOCK),
                engine,
                new Readiness(Set.of("late"), ready::countDown),
                () -> {},
                exit)) {
      feed.start();
      assertThat(ready.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(exit.asked()).isNotDone();
    }
  }

  private static Sources.Entry entry(ActionSource source) {
    return new Sources.Entry(
        source,
        sync ->
            sync.open(Duration.ZERO, IdScope.ALL, NextRuns.NONE, (cron, zone) -> Optional.empty()),
        Duration.ofMinutes(1),
        true,
        Optional.empty(),
        new WrittenRows());
  }

  /** A store that does not answer the first time that it is asked this. */
  private static Store failingOnce(String question) {
    MemoryStore memory = new MemoryStore();
    AtomicBoolean failed = new AtomicBoolean();
    return (Store)
        Proxy.newProxyInstance(
            Store.class.getClassLoader(),
            new Class<?>[] {Store.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals(question) && failed.compareAndSet(false, true)) {
                throw StoreException.failing("locked", null);
              }
              try {
                return method.invoke(memory, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private static final class Empty implements ActionSource {
    @Override
    public String name() {
      return "late";
    }

    @Override
    public Optional<Snapshot> poll(Snapshot last, Instant now) {
      return Optional.of(new Snapshot(List.<Action>of(), List.of(), now));
    }

    @Override
    public void close() {}
  }
}
