package io.actionscheduler.app.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.Rejection;
import io.actionscheduler.app.alert.AlertWatch;
import io.actionscheduler.app.parts.CalendarFiles;
import io.actionscheduler.app.parts.ConfiguredCallbacks;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.config.ConfigLoader;
import io.actionscheduler.config.InvalidConfig;
import io.actionscheduler.config.Settings;
import io.actionscheduler.engine.Engine;
import io.actionscheduler.engine.EngineSettings;
import io.actionscheduler.engine.intake.SourceStatus;
import io.actionscheduler.fire.Store;
import io.actionscheduler.quartz.QuartzAlarm;
import io.actionscheduler.store.MemoryStore;
import io.actionscheduler.testing.OpenFiles;
import io.actionscheduler.testing.PluginJars;
import io.actionscheduler.testing.TestHttp;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A scheduler with alerts, whose settings are read again. */
class ReloadsTest {
  private static final Clock CLOCK = Clock.systemUTC();

  @TempDir private Path plugins;
  private TestHttp target;
  private String config;
  private Reloads reloads;
  private ConfiguredCallbacks outlets;
  private Parts parts;
  private QuartzAlarm alarm;
  private Engine engine;
  private Companion.Started watch;
  private final Health health = new Health();

  /** Holds up the first check for alerts; from the next one on, a row is rejected. */
  private static final class Health implements Running.Health {
    private final CountDownLatch checking = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public boolean isReady() {
      checking.countDown();
      try {
        assertThat(goOn.await(60, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return asked.incrementAndGet() > 2; // a check asks twice
    }

    @Override
    public List<SourceStatus> sources() {
      ActionId row = ActionId.of(9);
      return List.of(
          new SourceStatus(
              "table",
              List.of(),
              Set.of(row),
              List.of(new Rejection(row, "action 9: no schedule")),
              Optional.of(Instant.EPOCH),
              Duration.ZERO,
              Optional.empty(),
              ""));
    }
  }

  private String config(String callbacks, String more) {
    return """
        actions_db: {dialect: sqlite, database: x.db}
        action:
          callback: stdout
          defaults: {merge_missed: false, actuality_time: -1}
        callbacks:
          web: {type: webhook, url: 'http://127.0.0.1:%d/'}
        """
            .formatted(target.port())
        + callbacks
        + more;
  }

  private Settings settings() throws InvalidConfig {
    return ConfigLoader.parse(config, "", Map.of("PLUGINS__DIR", plugins.toString()));
  }

  @BeforeEach
  void start() throws Exception {
    target = TestHttp.start();
    config = config("", "alerts: {callback: web}\n");
    Settings settings = settings();
    reloads = new Reloads(settings, this::settings);
    outlets = ConfiguredCallbacks.of(settings, CLOCK, reason -> {});
    parts = new Parts(settings, CLOCK);
    alarm = new QuartzAlarm(CLOCK);
    CalendarFiles calendars = CalendarFiles.open(settings.calendars());
    Store store = new MemoryStore();
    EngineSettings engineSettings =
        new EngineSettings(
            outlets.settings(), Optional.empty(), Optional.empty(), Duration.ofSeconds(1), false);
    engine = new Engine(engineSettings, store, alarm, CLOCK, defect -> {});
    reloads.serve(Optional.of(new RunningReload(engine, parts, outlets, calendars, new Feeds())));
    watch =
        AlertWatch.companion(reloads)
            .start(new Running(parts, store, engine, Optional.empty(), health, new Exit()));
  }

  @AfterEach
  void stop() throws InterruptedException {
    health.goOn.countDown();
    watch.close();
    engine.close();
    alarm.close();
    parts.close();
    outlets.close();
    target.close();
  }

  private List<String> refusal(String next) throws InterruptedException {
    config = next;
    Reloads.Outcome outcome = reloads.reload("test");
    assertThat(outcome.done()).isFalse();
    return outcome.lines().stream().map(line -> line.replaceFirst("(?<=\\w): \".*", "")).toList();
  }

  @Test
  void everyFaultOfEveryCallbackIsListedWhereAlertsGoToOneOfThem() throws Exception {
    String wrong =
        """
          mail: {type: email, from: a@x.org, recipient: b@x.org, subject: s, body: t, host: 'smtp://h', port: 0}
          queue: {type: redis, list: x, port: zero}
        """;
    assertThat(refusal(config(wrong, "alerts: {callback: mail}\n")))
        .containsExactlyInAnyOrder(
            "these settings cannot be used, nothing was changed",
            "config.yaml:7: callbacks.mail.host",
            "config.yaml:7: callbacks.mail.port",
            "config.yaml:8: callbacks.queue.port");
  }

  @Test
  void everyFileOfACalendarThatCannotBeReadIsListedWithItsPlace() throws Exception {
    assertThat(refusal(config("", "calendars:\n  away:\n    ics: [gone.ics, lost.ics]\n")))
        .containsExactly(
            "these settings cannot be used, nothing was changed",
            "config.yaml:9: calendars.away.ics",
            "config.yaml:9: calendars.away.ics");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void pluginsOfARefusedReloadAreClosed() throws Exception {
    Path jar = plugins.resolve("files.jar");
    PluginJars.buildProject(jar, Path.of("examples/file-callback"));
    String added =
        """
          one: {type: file, path: fires.tsv}
          once: {type: kafka, server: '127.0.0.1:1', topic: t, exactly_once: true}
        """;
    assertThat(refusal(config(added, "alerts: {callback: web}\n")).toString())
        .contains("callback once: exactly_once: a callback that delivers exactly once changes at");
    assertThat(OpenFiles.isOpen(jar)).isFalse();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void pluginsThatReceivedAlertsAreClosedOnceTheReceiverIsReplaced() throws Exception {
    health.goOn.countDown();
    Path jar = plugins.resolve("files.jar");
    PluginJars.buildProject(jar, Path.of("examples/file-callback"));
    config = config("  one: {type: file, path: fires.tsv}\n", "alerts: {callback: one}\n");
    assertThat(reloads.reload("test").done()).isTrue();
    assertThat(OpenFiles.isOpen(jar)).isTrue();
    config = config("", "alerts: {callback: web}\n");
    assertThat(reloads.reload("test").done()).isTrue();
    await().atMost(Duration.ofSeconds(60)).until(() -> !OpenFiles.isOpen(jar));
  }

  @Test
  void alertsGoToACallbackThatWasRemovedAndNamedAgainBeforeTheNextCheck() throws Exception {
    String before = config;
    assertThat(health.checking.await(60, TimeUnit.SECONDS)).isTrue();
    config = config("", "");
    assertThat(reloads.reload("test").lines()).containsExactly("alerts have changed");
    config = before;
    assertThat(reloads.reload("test").lines()).containsExactly("alerts have changed");
    health.goOn.countDown();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                target.taken().stream()
                    .anyMatch(
                        one -> one.headers().get("X-Fire-Id").startsWith("alert:rows_rejected@")));
  }
}
