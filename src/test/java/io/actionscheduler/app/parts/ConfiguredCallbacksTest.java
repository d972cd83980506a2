package io.actionscheduler.app.parts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.config.ConfigLoader;
import io.actionscheduler.config.InvalidConfig;
import io.actionscheduler.config.Problem;
import io.actionscheduler.config.Settings;
import io.actionscheduler.engine.target.NamedCallbackSettings;
import io.actionscheduler.testing.Logged;
import io.actionscheduler.testing.OpenFiles;
import io.actionscheduler.testing.PluginJars;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ConfiguredCallbacksTest {
  private static final String CONFIG =
      """
      actions_db: {dialect: sqlite, database: x.db}
      action:
        callback: stdout
        defaults: {merge_missed: false, actuality_time: -1}
      callbacks:
      """;

  @TempDir Path plugins;

  @Test
  void everyProblemOfEveryCallbackIsToldAtOnceWithItsPlace() throws Exception {
    Files.writeString(plugins.resolve("broken.jar"), "");
    assertThatThrownBy(
            () ->
                outlets(
                    """
                      a: {type: kafak}
                      b: {type: kafka, server: localhost, topic: t}
                      c: {type: kafka, server: 'a:1', topic: t, tpoic: u}
                      d: {type: com.example.Nowhere}
                      e: {type: redis}
                    """))
        .isInstanceOf(InvalidConfig.class)
        .hasMessageContaining(":6: callbacks.a.type: \"kafak\" is unknown; did you mean kafka?")
        .hasMessageContaining("not loaded: " + plugins.resolve("broken.jar"))
        .hasMessageContaining(":7: callbacks.b.server: ")
        .hasMessageContaining(":8: callbacks.c.tpoic: unknown setting")
        .hasMessageContaining(":9: callbacks.d.type: no class \"com.example.Nowhere\"")
        .hasMessageContaining(":10: callbacks.e: ");
  }

  @Test
  void everyMistakeOfOneCallbackIsToldAtOnce() {
    assertThatThrownBy(
            () ->
                outlets(
                    """
                      q: {type: redis, list: x, port: zero, database: many, timeout: soon, form: letter}
                      m: {type: email, from: a@x.org, recipient: b@x.org, subject: s, body: t, host: 'smtp://h', port: 0}
                      w: {type: webhook, url: 'http://h/', timeout: soon, body: '{nme}'}
                    """))
        .isInstanceOfSatisfying(
            InvalidConfig.class,
            e ->
                assertThat(e.problems().stream().map(Problem::key).toList())
                    .contains(
                        "callbacks.q.port",
                        "callbacks.q.database",
                        "callbacks.q.timeout",
                        "callbacks.q.form",
                        "callbacks.m.host",
                        "callbacks.m.port",
                        "callbacks.w.timeout",
                        "callbacks.w.body"));
  }

  /** What is missing must not hide the other mistakes of the same callback. */
  @Test
  void theMistakesBesideAMissingSettingAreToldToo() {
    assertThatThrownBy(
            () ->
                outlets(
                    """
                      w: {type: webhook, timeout: soon, method: FETCH}
                      m: {type: email, port: zero, recipient: '{nme}'}
                      p: {type: process, command: 'python3 report.py', timeout: soon}
                      r: {type: redis, port: zero, form: letter}
                      k: {type: kafka, server: 'h:1', topic: t, properties: {linger.ms: x, acks: 0}}
                    """))
        .isInstanceOfSatisfying(
            InvalidConfig.class,
            e ->
                assertThat(e.problems().stream().map(p -> p.source() + " " + p.key()).toList())
                    .containsExactlyInAnyOrder(
                        "config.yaml:6 callbacks.w.url",
                        "config.yaml:6 callbacks.w.timeout",
                        "config.yaml:6 callbacks.w.method",
                        "config.yaml:7 callbacks.m.from",
                        "config.yaml:7 callbacks.m.port",
                        "config.yaml:7 callbacks.m.recipient",
                        "config.yaml:8 callbacks.p.command",
                        "config.yaml:8 callbacks.p.timeout",
                        "config.yaml:9 callbacks.r",
                        "config.yaml:9 callbacks.r.port",
                        "config.yaml:9 callbacks.r.form",
                        "config.yaml:10 callbacks.k.properties.linger.ms",
                        "config.yaml:10 callbacks.k.properties.acks"));
  }

  /** A key store that cannot be read is one mistake, whatever else is said of it. */
  @Test
  void whatBelongsToAWrongSettingIsNoMistakeOfItsOwn() {
    assertThatThrownBy(
            () ->
                outlets(
                    """
                      k:
                        type: kafka
                        server: h:1
                        topic: t
                        properties:
                          security.protocol: SSL
                          ssl.keystore.location: /no/such.p12
                          ssl.keystore.password: secret
                          ssl.truststore.location: /no/such.jks
                          ssl.truststore.password: secret
                          linger.ms: x
                    """))
        .isInstanceOfSatisfying(
            InvalidConfig.class,
            e ->
                assertThat(e.problems().stream().map(Problem::key).toList())
                    .containsExactlyInAnyOrder(
                        "callbacks.k.properties.linger.ms",
                        "callbacks.k.properties.ssl.keystore.location",
                        "callbacks.k.properties.ssl.truststore.location"));
  }

  @Test
  void hostsWithAnUnderscoreAreTakenAndWhatIsNoneIsTold() throws Exception {
    outlets(
            """
              hook: {type: webhook, url: 'http://my_service:8080/hook'}
              q: {type: redis, list: x, url: 'redis://my_redis:6379?db=2'}
              r: {type: redis, list: x, host: my_redis}
              m: {type: email, from: a@x.org, recipient: b@x.org, subject: s, body: t, host: my_mail}
            """)
        .close();
    assertThatThrownBy(
            () ->
                outlets(
                    """
                      q: {type: redis, list: x, url: 'redis://h:6379?ssl=true'}
                      r: {type: redis, list: x, url: 'redis://h:70000'}
                      s: {type: redis, list: x, host: 'http://h'}
                      w: {type: webhook, url: 'http://h:70000/'}
                    """))
        .hasMessageContaining("callbacks.q.url: has the parameter \"ssl\"")
        .hasMessageContaining("callbacks.r.url: is not an address of Redis")
        .hasMessageContaining("callbacks.s.host: \"http://h\" is not allowed")
        .hasMessageContaining("callbacks.w.url: \"http://h:70000/\"");
  }

  @Test
  void aPluginIsMadeWithItsConcurrency() throws Exception {
    PluginJars.buildProject(plugins.resolve("files.jar"), Path.of("examples/file-callback"));
    try (ConfiguredCallbacks outlets =
        outlets(
            """
              one: {type: com.example.files.FilePerFire, folder: out, max_concurrent: 3}
              two: {type: file, path: fires.tsv}
            """)) {
      assertThat(outlets.settings().stream().map(NamedCallbackSettings::name))
          .containsExactlyInAnyOrder("one", "two", "stdout");
      assertThat(concurrency(outlets, "one")).isEqualTo(3);
      assertThat(concurrency(outlets, "two")).isEqualTo(1);
    }
  }

  private static int concurrency(ConfiguredCallbacks outlets, String name) {
    return outlets.settings().stream()
        .filter(outlet -> outlet.name().equals(name))
        .mapToInt(outlet -> outlet.callback().concurrency())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aThousandWebhooksHoldNoThreadsOfTheirOwn() throws Exception {
    StringBuilder callbacks = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      callbacks.append("  h").append(i).append(": {type: webhook, url: 'http://127.0.0.1:1/'}\n");
    }
    try (ConfiguredCallbacks outlets = outlets(callbacks.toString())) {
      outlets.warmUp();
      assertThat(threads("warm-up")).isLessThanOrEqualTo(100);
      await().atMost(Duration.ofSeconds(60)).until(() -> threads("warm-up") == 0);
      // Those of other tests may be there, too.
      assertThat(threads("HttpClient")).isLessThan(200);
    }
  }

  private static long threads(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(name))
        .count();
  }

  private Settings settings(String callbacks) throws InvalidConfig {
    return ConfigLoader.parse(CONFIG + callbacks, "", Map.of("PLUGINS__DIR", plugins.toString()));
  }

  private ConfiguredCallbacks outlets(String callbacks) throws InvalidConfig {
    return ConfiguredCallbacks.of(settings(callbacks), Clock.systemUTC(), reason -> {});
  }

  /** A scheduler that runs for months is asked to reload again and again. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void theJarsOfPluginsStayOpenOnlyWhileTheirCallbacksAreInUse() throws Exception {
    Path jar = plugins.resolve("files.jar");
    String file = "  one: {type: file, path: fires.tsv}\n";
    try (ConfiguredCallbacks outlets = outlets("")) {
      PluginJars.buildProject(jar, Path.of("examples/file-callback"));
      Settings wrong = settings(file + "  bad: {type: redis}\n");
      assertThatThrownBy(() -> outlets.made(wrong, Set.of("one", "bad")))
          .hasMessageContaining("callbacks.bad: ");
      assertThat(OpenFiles.isOpen(jar)).as("refused").isFalse();

      ConfiguredCallbacks.Made dropped = outlets.made(settings(file), Set.of("one"));
      assertThat(OpenFiles.isOpen(jar)).isTrue();
      dropped.drop();
      assertThat(OpenFiles.isOpen(jar)).as("dropped").isFalse();

      ConfiguredCallbacks.Made kept = outlets.made(settings(file), Set.of("one"));
      kept.all().forEach(outlets::add);
      assertThat(OpenFiles.isOpen(jar)).isTrue();
    }
    assertThat(OpenFiles.isOpen(jar)).as("at the end").isFalse();

    try (ConfiguredCallbacks outlets = outlets(file)) {
      assertThat(OpenFiles.isOpen(jar)).as("from the start").isTrue();
      outlets.remove("one", CompletableFuture.completedFuture(null));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> !OpenFiles.isOpen(jar)); // another thread closes it
    }
  }

  @Test
  void aFolderOfPluginsThatIsSetAndMissingIsTold() throws InvalidConfig {
    try (Logged logged = Logged.of(CallbackMaker.class)) {
      String missing = plugins.resolve("plugin").toString();
      Settings settings = ConfigLoader.parse(CONFIG, "", Map.of("PLUGINS__DIR", missing));
      ConfiguredCallbacks.of(settings, Clock.systemUTC(), reason -> {}).close();
      assertThat(logged.lines())
          .containsExactly(
              "environment variable PLUGINS__DIR: plugins.dir: "
                  + missing
                  + " does not exist, so that no plugin is loaded; correct the path, or make the"
                  + " folder");
    }
    try (Logged logged = Logged.of(CallbackMaker.class)) {
      ConfiguredCallbacks.of(
              ConfigLoader.parse(CONFIG, "", Map.of()), Clock.systemUTC(), reason -> {})
          .close();
      assertThat(logged.lines()).as("the default may be missing").isEmpty();
    }
  }

  /** A server that takes connections and never answers holds each warm-up up. */
  @Test
  void manyCallbacksWarmUpSomeAtATime() throws Exception {
    StringBuilder yaml = new StringBuilder();
    try (ServerSocket silent = new ServerSocket(0, 500, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 200; i++) {
        yaml.append(
            "  r%d: {type: redis, host: 127.0.0.1, port: %d, list: q}\n"
                .formatted(i, silent.getLocalPort()));
      }
      try (ConfiguredCallbacks many = outlets(yaml.toString())) {
        many.warmUp();
        await().atMost(Duration.ofSeconds(30)).until(() -> warmUps() > 0);
        assertThat(warmUps()).isLessThanOrEqualTo(32);
      }
    }
  }

  private static long warmUps() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("warm-up"))
        .count();
  }
}
