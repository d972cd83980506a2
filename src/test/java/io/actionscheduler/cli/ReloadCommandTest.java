package io.actionscheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.api.ApiWorld;
import io.actionscheduler.testing.TestHttp;
import io.actionscheduler.testing.TestHttp.Answer;
import io.actionscheduler.testing.TestHttp.Request;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running scheduler reads its settings again, asked over its API. */
class ReloadCommandTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private Installation here;
  private TestHttp before;
  private TestHttp after;
  private ApiWorld world;
  private volatile String file; // what the scheduler reads again

  @BeforeEach
  void start() throws Exception {
    here = Installation.in(folder);
    before = TestHttp.start();
    after = TestHttp.start();
    file = settings(before, 0);
    here.config(file);
    here.add("often", "go", "* * * * * *");
    world = ApiWorld.of(folder, file, () -> file).awaitReady();
    here.config(settings(before, world.address().getPort()));
  }

  @AfterEach
  void stop() {
    world.close();
    before.close();
    after.close();
  }

  private String settings(TestHttp target, int port) {
    return Installation.CONFIG
            .formatted(here.database())
            .replace("callback: stdout", "callback: web")
        + "track_changes_period: 1\n"
        + "http: {port: "
        + port
        + "}\n"
        + "callbacks: {web: {type: webhook, url: \"http://127.0.0.1:"
        + target.port()
        + "/\"}}\n";
  }

  private static void awaitMore(TestHttp target, int fires) {
    int there = target.taken().size();
    await().atMost(PATIENCE).until(() -> target.taken().size() >= there + fires);
  }

  @Test
  void aCallUnderWayEndsWhereItBeganTheOthersGoToTheNewTargetAndNoneIsLostOrDoubled()
      throws Exception {
    awaitMore(before, 2);
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch mayAnswer = new CountDownLatch(1);
    before.answer(
        request -> {
          entered.countDown();
          try {
            mayAnswer.await();
          } catch (InterruptedException e) {
            return Answer.of(500);
          }
          return Answer.of(204);
        });
    entered.await();
    file = settings(after, 0);
    Typed reload = here.type("reload");
    assertThat(reload.err()).isEqualTo("callbacks with new settings: web\n");
    assertThat(reload.code()).isZero();
    mayAnswer.countDown();
    awaitMore(after, 3);

    List<Request> all = new ArrayList<>(before.taken());
    all.addAll(after.taken());
    List<Instant> times = all.stream().map(ReloadCommandTest::scheduledAt).toList();
    for (int i = 1; i < times.size(); i++) {
      assertThat(times.get(i)).isEqualTo(times.get(i - 1).plusSeconds(1));
    }
    assertThat(here.type("reload").err()).isEqualTo("the settings are the same as before\n");
  }

  private static Instant scheduledAt(Request request) {
    return Instant.parse(request.headers().get("X-Fire-Id").replaceFirst("^1@", ""));
  }

  @Test
  void whatNeedsARestartIsNamedAndNothingOfTheChangeIsInForce() throws Exception {
    String changed = settings(after, 0).replace("timezone: UTC", "timezone: Europe/Berlin");
    file = changed + "hold_backlog: 1h\n";
    Typed reload = here.type("reload");
    assertThat(reload.code()).isEqualTo(1);
    assertThat(reload.err())
        .contains("these changes need a restart, and nothing was changed: hold_backlog, timezone");
    file = settings(after, 0) + "disable_after: 3\n";
    assertThat(here.type("reload").err()).contains("disable_after");
    awaitMore(before, 1);
    assertThat(after.taken()).isEmpty();
  }

  @Test
  void wrongSettingsChangeNothingAndAreTold() {
    file = settings(after, 0).replace("http://127.0.0.1:" + after.port(), "ftp://h");
    Typed reload = here.type("reload");
    assertThat(reload.code()).isEqualTo(1);
    assertThat(reload.err())
        .contains("these settings cannot be used, nothing was changed", "ftp://h");
    here.config("nonsense: 1\n");
    assertThat(here.type("reload").code()).isEqualTo(2);
    awaitMore(before, 1);
    assertThat(after.taken()).isEmpty();
  }
}
