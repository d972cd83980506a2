package io.actionscheduler.callback.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.Recollection;
import io.actionscheduler.callback.Report;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WithClassLoaderTest {
  private static final Instant UNTIL = Instant.parse("2026-11-20T10:00:00Z");

  @Test
  void aPluginThatRemembersIsAskedWithItsOwnClassLoader() throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(new URL[0], before);
        BatchCallback callback = new WithClassLoader(new Remembering(loader), loader)) {
      assertThat(callback.remembers()).isTrue();
      assertThat(callback.recall().settledUntil(ActionId.of(1))).contains(UNTIL);
      assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }
  }

  /** Has had every action, if it is called as it should be. */
  private record Remembering(ClassLoader own) implements BatchCallback {
    @Override
    public boolean remembers() {
      return true;
    }

    @Override
    public Recollection recall() {
      boolean asItShould = Thread.currentThread().getContextClassLoader() == own;
      return action -> Optional.of(UNTIL).filter(until -> asItShould);
    }

    @Override
    public void deliver(List<Delivery> batch, Report report) {}

    @Override
    public int batchSize() {
      return 1;
    }

    @Override
    public int concurrency() {
      return 1;
    }

    @Override
    public void close() {}
  }
}
