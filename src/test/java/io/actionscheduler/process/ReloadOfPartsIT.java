package io.actionscheduler.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.testing.ApiClient;
import io.actionscheduler.testing.Launch;
import io.actionscheduler.testing.Scheduler;
import io.actionscheduler.testing.SqliteTable;
import io.actionscheduler.testing.TestHttp;
import io.actionscheduler.testing.TestHttp.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Callbacks, calendars, blackouts and alerts come and go while the packaged scheduler runs. */
class ReloadOfPartsIT {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

  @TempDir private Path folder;
  private SqliteTable table;
  private TestHttp target;
  private ApiClient api;

  @BeforeEach
  void makeTable() throws Exception {
    target = TestHttp.start();
    table = SqliteTable.in(folder);
    table.execute("ALTER TABLE action ADD COLUMN callback TEXT");
    table.execute("ALTER TABLE action ADD COLUMN calendar TEXT");
    insert(1, "NULL", "NULL");
    insert(2, "'more'", "NULL"); // which the settings do not have at first
    insert(3, "NULL", "'away'"); // nor this
  }

  @AfterEach
  void stop() {
    target.close();
  }

  private void insert(int id, String callback, String calendar) throws Exception {
    table.execute(
        "INSERT INTO action VALUES (%d, 'a%d', 'x', '* * * * * *', NULL, NULL, %s, %s)"
            .formatted(id, id, callback, calendar));
  }

  private String web(String name, String path) {
    return "  %s: {type: webhook, url: 'http://127.0.0.1:%d/%s'}\n"
        .formatted(name, target.port(), path);
  }

  private String config(String callbacks, String more) {
    return """
        timezone: UTC
        actions_db: {dialect: sqlite, database: database.db}
        internal_db: {dialect: sqlite, database: database.db}
        track_changes_period: 1
        http: {port: 0}
        action:
          callback: note
          defaults: {merge_missed: false, actuality_time: -1}
        callbacks:
        """
        + web("note", "note")
        + callbacks
        + more;
  }

  private void write(String config) throws IOException {
    Files.writeString(folder.resolve("config.yaml"), config);
  }

  private List<String> reload(String config) throws IOException {
    write(config);
    ApiClient.Reply reply = api.post("/api/v1/reload", "");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return ((List<?>) reply.object().get("messages")).stream().map(Object::toString).toList();
  }

  private String refusal(String config) throws IOException {
    write(config);
    ApiClient.Reply reply = api.post("/api/v1/reload", "");
    assertThat(reply.status()).as(reply.body()).isEqualTo(409);
    return reply.body();
  }

  private List<Request> at(String path) {
    return target.taken().stream().filter(one -> one.path().equals("/" + path)).toList();
  }

  private List<Instant> fires(int action) {
    return target.taken().stream()
        .map(one -> one.headers().get("X-Fire-Id"))
        .filter(id -> id.startsWith(action + "@"))
        .map(id -> Instant.parse(id.substring(id.indexOf('@') + 1)))
        .toList();
  }

  private void awaitMore(int action) {
    int before = fires(action).size();
    await().atMost(Scheduler.PATIENCE).until(() -> fires(action).size() > before + 1);
  }

  private void assertNoneIsLostOrDoubled(int action) {
    List<Instant> fires = fires(action);
    for (int i = 1; i < fires.size(); i++) {
      assertThat(fires.get(i)).isEqualTo(fires.get(i - 1).plusSeconds(1));
    }
  }

  private static String blackout() {
    Instant now = Instant.now();
    return "blackout:\n- {from: '%s', to: '%s', mode: hold}\n"
        .formatted(
            CLOCK.format(now.minus(1, ChronoUnit.HOURS)),
            CLOCK.format(now.plus(1, ChronoUnit.HOURS)));
  }

  @Test
  void callbacksCalendarsAndBlackoutsComeAndGo() throws Exception {
    try (Scheduler scheduler = Launch.in(folder).config(config("", "")).start()) {
      api = ApiClient.of(scheduler);
      awaitMore(1);
      assertThat(fires(2)).isEmpty();
      assertThat(fires(3)).isEmpty();

      String away = "calendars: {away: {dates: [2020-01-01..2099-12-31]}}\n";
      String two = web("more", "more");
      assertThat(reload(config(two, away)))
          .containsExactly("callbacks added: more", "calendars and blackouts have changed");
      awaitMore(2);
      await()
          .atMost(Scheduler.PATIENCE)
          .until(() -> !api.get("/api/v1/runs?status=excluded").list("runs").isEmpty());
      assertThat(fires(3)).isEmpty();

      assertThat(refusal(config("", "")))
          .contains(
              "these settings cannot be used, nothing was changed",
              "callbacks.more: removed, but still used by action 2 \\\"a2\\\"",
              "calendars.away: removed, but still followed by action 3 \\\"a3\\\"");
      assertThat(refusal(config(two, away + "nonsense: 1\n"))).contains("nonsense");
      assertThat(refusal(config(two, "calendars: {away: {ics: [gone.ics, lost.ics]}}\n")))
          .contains(
              "config.yaml:12: calendars.away.ics: \\\"gone.ics\\\" does not exist",
              "config.yaml:12: calendars.away.ics: \\\"lost.ics\\\" does not exist");
      awaitMore(2);
      assertThat(fires(3)).isEmpty();

      String past = away.replace("2099", "2020");
      reload(config(two, past));
      awaitMore(3);

      reload(config(two, past + blackout()));
      scheduler.stderr().await("a blackout has begun", Scheduler.PATIENCE);
      reload(config(two, past));
      scheduler.stderr().await("the blackout is over", Scheduler.PATIENCE);
      awaitMore(1);

      table.execute("UPDATE action SET callback = 'note' WHERE id = 2");
      await()
          .atMost(Scheduler.PATIENCE)
          .until(() -> at("note").stream().anyMatch(one -> id(one).startsWith("2@")));
      assertThat(reload(config("", past))).containsExactly("callbacks removed: more");
      awaitMore(2);
      insert(4, "'more'", "NULL");
      scheduler.stderr().await("action 4 .*no such callback", Scheduler.PATIENCE);
      assertThat(reload(config(two, past))).containsExactly("callbacks added: more");
      awaitMore(4);
      scheduler.terminate();
      assertThat(scheduler.awaitExit()).isZero();
    }
    List.of(1, 2, 3, 4).forEach(this::assertNoneIsLostOrDoubled);
  }

  private static String id(Request request) {
    return request.headers().get("X-Fire-Id");
  }

  @Test
  void alertsFollowTheSettingsAndNothingIsToldTwice() throws Exception {
    String all = web("more", "more") + web("first", "first") + web("second", "second");
    String away = "calendars: {away: {dates: [2020-01-01]}}\n";
    insert(9, "'nonsense'", "NULL");
    try (Scheduler scheduler = Launch.in(folder).config(config(all, away)).start()) {
      api = ApiClient.of(scheduler);
      awaitMore(1);
      assertThat(reload(config(all, away + alerts("first"))))
          .containsExactly("alerts have changed");
      awaitAlert("first", "alert:rows_rejected");

      String moved = all.replace("/second", "/third");
      assertThat(reload(config(moved, away + alerts("second"))))
          .containsExactly("callbacks with new settings: second", "alerts have changed");
      table.execute("DELETE FROM action WHERE id = 9");
      awaitAlert("third", "alert:rows_rejected");
      assertThat(at("third")).hasSize(1);
      assertThat(at("third").get(0).body()).contains("recovered");
      assertThat(at("second")).isEmpty();

      reload(config(moved.replace("/third", "/fourth"), away + alerts("second")));
      insert(10, "'nonsense'", "NULL");
      awaitAlert("fourth", "alert:rows_rejected");
      assertThat(refusal(config(moved, away + alerts("third")))).contains("third");
      reload(config(moved, away));
      scheduler.terminate();
      assertThat(scheduler.awaitExit()).isZero();
    }
    assertThat(at("first")).hasSize(1);
    assertNoneIsLostOrDoubled(1);
  }

  /** What does not depend on how fast this machine is. */
  private static String alerts(String callback) {
    return "alerts: {callback: "
        + callback
        + ", late_by: none, overdue_for: none, unavailable_for: none}\n";
  }

  private void awaitAlert(String path, String action) {
    await()
        .atMost(Scheduler.PATIENCE)
        .until(() -> at(path).stream().anyMatch(one -> id(one).startsWith(action + "@")));
  }
}
