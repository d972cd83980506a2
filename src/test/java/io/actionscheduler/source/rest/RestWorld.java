package io.actionscheduler.source.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.ActionSourceContract;
import io.actionscheduler.action.Rejection;
import io.actionscheduler.action.Snapshot;
import io.actionscheduler.action.SourceException;
import io.actionscheduler.config.ConfigLoader;
import io.actionscheduler.config.InvalidConfig;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.ScheduleParser;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.source.KnownNames;
import io.actionscheduler.testing.TestHttp;
import io.actionscheduler.testing.TestHttp.Answer;
import io.actionscheduler.testing.TestHttp.Request;
import io.actionscheduler.text.CronReader;
import io.actionscheduler.text.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A REST service on 127.0.0.1 that lists entries, and the source that reads it. */
final class RestWorld implements ActionSourceContract.World {
  final TestHttp http = TestHttp.start();
  final RestSettings settings;
  final KnownNames known = new KnownNames(new KnownNames.Names(Set.of("stdout", "bell"), Set.of()));
  final RestSource source;
  final List<Object> entries = new ArrayList<>();
  final List<Request> requests = new CopyOnWriteArrayList<>();
  private Snapshot last = Snapshot.empty(ActionSourceContract.START);

  /**
   * @param more lines of the section {@code rest}
   */
  RestWorld(String... more) throws IOException, InvalidConfig {
    StringBuilder yaml = new StringBuilder("rest:\n  url: http://127.0.0.1:" + http.port() + "\n");
    for (String line : more) {
      yaml.append("  ").append(line).append('\n');
    }
    if (!yaml.toString().contains("try_delay")) {
      yaml.append("  try_delay: 1ms\n");
    }
    this.settings = settings(yaml.toString());
    this.source = new RestSource(settings, crons(), known);
    answer(request -> list());
  }

  static RestSettings settings(String rest) throws InvalidConfig {
    String whole =
        """
        action: {callback: stdout, defaults: {merge_missed: true, actuality_time: 60}}
        callbacks: {bell: {type: stdout}}
        """
            + rest;
    return ConfigLoader.parse(whole, "", Map.of()).restSources().get(0);
  }

  private static CronReader crons() {
    return new CronReader(
        new ScheduleParser(
            UnixDialect.CRONTAB,
            value -> {
              throw new InvalidSchedule("no quartz in this test");
            }));
  }

  /** From now on the service answers this; every request is noted. */
  void answer(Function<Request, Answer> rule) {
    http.answer(
        request -> {
          requests.add(request);
          return rule.apply(request);
        });
  }

  /** What it answers by itself. */
  Answer list() {
    synchronized (entries) {
      return json(entries);
    }
  }

  static Answer json(Object body) {
    return text(Json.write(body));
  }

  static Answer text(String body) {
    return new Answer(200, Map.of("Content-Type", "application/json"), body);
  }

  static Map<String, Object> entry(Object id, String name, String cron) {
    return Map.of("id", id, "name", name, "cron_expression", cron);
  }

  void put(Object entry) {
    synchronized (entries) {
      entries.add(entry);
    }
  }

  Optional<Snapshot> poll() throws SourceException {
    Optional<Snapshot> read = source.poll(last, ActionSourceContract.START);
    read.ifPresent(snapshot -> last = snapshot);
    return read;
  }

  Snapshot read() throws SourceException {
    return poll().orElseThrow(() -> new AssertionError("no news"));
  }

  /** The only action there is. */
  Action readOne() throws SourceException {
    Snapshot read = read();
    if (read.actions().size() != 1) {
      throw new AssertionError(read.actions() + ", " + read.rejections());
    }
    return read.actions().get(0);
  }

  static List<String> messages(Snapshot snapshot) {
    return snapshot.rejections().stream().map(Rejection::message).toList();
  }

  @Override
  public RestSource source() {
    return source;
  }

  @Override
  public ActionId id(long id) {
    return new ActionId("rest:" + id);
  }

  @Override
  public void add(long id, String name, String cron) {
    put(entry(id, name, cron));
  }

  @Override
  public void remove(long id) {
    synchronized (entries) {
      entries.removeIf(entry -> entry instanceof Map<?, ?> map && map.get("id").equals(id));
    }
  }

  @Override
  public void addMangled(int count, Random random) {
    MangledEntries mangled = new MangledEntries(random);
    for (long id = 0; id < count; id++) {
      put(id % 10 == 0 ? entry(id, "fine", "*/5 * * * *") : mangled.next(id));
    }
  }

  @Override
  public void goAway() {
    answer(request -> new Answer(503, Map.of(), "down"));
  }

  @Override
  public void comeBack() {
    answer(request -> list());
  }

  @Override
  public void close() {
    source.close();
    http.close();
  }

  static Answer with(Answer answer, String header, String value) {
    return new Answer(answer.status(), Map.of(header, value), answer.body());
  }

  static void assertAway(RestWorld world, String... told) {
    assertThatThrownBy(world::poll)
        .isInstanceOfSatisfying(
            SourceException.class, e -> assertThat(e.isMisconfigured()).isFalse())
        .hasMessageStartingWith("rest: http://127.0.0.1:" + world.http.port() + "/api/cronjobs/ ")
        .message()
        .contains(told);
  }
}
