package io.actionscheduler.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.http.ServerKeys;
import io.actionscheduler.testing.ApiClient;
import io.actionscheduler.testing.ApiClient.Reply;
import io.actionscheduler.testing.Logged;
import io.actionscheduler.testing.SqliteTable;
import io.actionscheduler.testing.TestCertificate;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How it listens, and what it says where something around it is unavailable. */
class ServerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  /** Trusts anybody: what is asked here is whose certificate it is. */
  private static final TrustManager ANYBODY =
      new X509TrustManager() {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
          return new X509Certificate[0];
        }
      };

  private static Certificate certificateOf(URI address) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {ANYBODY}, null);
    HttpsURLConnection connection =
        (HttpsURLConnection) URI.create(address + "/health").toURL().openConnection();
    connection.setSSLSocketFactory(context.getSocketFactory());
    connection.setHostnameVerifier((host, session) -> true);
    try {
      assertThat(connection.getResponseCode()).isEqualTo(200);
      return connection.getServerCertificates()[0];
    } finally {
      connection.disconnect();
    }
  }

  @Test
  void aNewCertificateIsTakenWithoutARestartAndAFileThatCannotBeUsedChangesNothing()
      throws Exception {
    Path store = folder.resolve("keys.p12");
    Files.copy(
        TestCertificate.in(Files.createDirectory(folder.resolve("first"))).keyStore(), store);
    Path next = TestCertificate.in(Files.createDirectory(folder.resolve("next"))).keyStore();
    byte[] whole = Files.readAllBytes(next);
    KeyStore keyless = KeyStore.getInstance(next.toFile(), "open sesame".toCharArray());
    Certificate second = keyless.getCertificate("mykey");
    keyless.deleteEntry("mykey");
    keyless.setCertificateEntry("second", second);
    ByteArrayOutputStream withoutKey = new ByteArrayOutputStream();
    keyless.store(withoutKey, "open sesame".toCharArray());
    try (ApiWorld world =
            ApiWorld.in(
                folder,
                "http: {port: 0, tls: {keystore: \"" + store + "\", password: open sesame}}\n");
        Logged log = Logged.of(ServerKeys.class)) {
      assertThat(world.address().getScheme()).isEqualTo("https");
      Certificate first = certificateOf(world.address());
      for (Map.Entry<byte[], String> wrong :
          Map.of(
                  Arrays.copyOf(whole, 300),
                  "it cannot be used: ",
                  withoutKey.toByteArray(),
                  "it holds no private key")
              .entrySet()) {
        Files.write(store, wrong.getKey());
        await()
            .atMost(PATIENCE)
            .until(() -> log.lines().stream().anyMatch(line -> line.contains(wrong.getValue())));
        assertThat(certificateOf(world.address())).as(wrong.getValue()).isEqualTo(first);
      }
      Files.move(next, store, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);

      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(certificateOf(world.address())).isEqualTo(second));
    }
  }

  @Test
  void everythingIsBelowTheBasePath() {
    try (ApiWorld world = ApiWorld.in(folder, "http: {port: 0, base_path: /scheduler}\n")) {
      ApiClient api = world.client();

      assertThat(api.get("/scheduler/health").status()).isEqualTo(200);
      assertThat(api.get("/health").status()).isEqualTo(404);
      assertThat(api.get("/schedulerx/health").status()).isEqualTo(404);
      Reply made =
          api.post("/scheduler/api/v1/jobs", "{\"name\": \"n\", \"schedule_expr\": \"@daily\"}");
      assertThat(made.header("Location")).startsWith("/scheduler/api/v1/jobs/");
      assertThat(api.get(made.header("Location")).status()).isEqualTo(200);
      assertThat(api.get("/scheduler/openapi.json").body()).contains("\"url\":\"/scheduler\"");
    }
  }

  @Test
  void whoAsksTooOftenIsToldWhenToComeBack() {
    try (ApiWorld world =
        ApiWorld.in(folder, ApiWorld.KEYS.replace("port: 0", "port: 0\n  rate_limit: 5"))) {
      ApiClient api = world.client(ApiWorld.READ);
      Reply refused = api.get("/api/v1/jobs");
      for (int i = 0; i < 50 && refused.status() != 429; i++) {
        refused = api.get("/api/v1/jobs");
      }

      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.header("Retry-After")).isEqualTo("1");
      assertThat(world.client(ApiWorld.WRITE).get("/api/v1/jobs").status()).isEqualTo(200);
      assertThat(world.client().get("/health").status()).isEqualTo(200);
    }
  }

  @Test
  void aTableWithoutRoomIsToldAndTakesJobsAgainWhenThereIsSome() throws Exception {
    SqliteTable table = SqliteTable.in(folder);
    table.execute("ALTER TABLE action ADD COLUMN parameters JSON");
    table.execute("CREATE TABLE filler (x)");
    table.execute("INSERT INTO filler VALUES (zeroblob(1000000))");
    String config =
        """
        timezone: UTC
        track_changes_period: 3600
        actions_db: {url: "jdbc:sqlite:%s?max_page_count=1"}
        internal_db: {dialect: sqlite, database: "%s"}
        action:
          callback: stdout
          defaults: {merge_missed: false, actuality_time: -1}
        http: {port: 0}
        """
            .formatted(folder.resolve("database.db"), folder.resolve("internal.db"));
    String large =
        "{\"name\": \"n\", \"schedule_expr\": \"@daily\", \"parameters\": {\"x\": \""
            + "y".repeat(100_000)
            + "\"}}";
    try (ApiWorld world = ApiWorld.of(folder, config).awaitReady()) {
      ApiClient api = world.client();
      Reply refused = api.post("/api/v1/jobs", large);

      assertThat(refused.status()).as(refused.body()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isNotEmpty();
      assertThat(refused.object().get("detail").toString()).contains("full; make room");
      assertThat(api.get("/api/v1/jobs").object()).containsEntry("total", 0L);

      table.execute("DELETE FROM filler");
      Reply taken = api.post("/api/v1/jobs", large);
      assertThat(taken.status()).as(taken.body()).isEqualTo(201);
      assertThat(taken.object().get("next_run_at")).isNotNull();
    }
  }

  @Test
  void aTableThatIsGoneIsToldAndTheRestGoesOn() throws Exception {
    Path table = folder.resolve("actions.db");
    SqliteTable.in(folder); // another file, to have a folder with one
    String config =
        """
        timezone: UTC
        track_changes_period: 1
        actions_db: {dialect: sqlite, database: "%s"}
        internal_db: {dialect: sqlite, database: "%s"}
        action:
          callback: stdout
          defaults: {merge_missed: false, actuality_time: -1}
        http: {port: 0}
        """
            .formatted(table, folder.resolve("internal.db"));
    try (ApiWorld world = ApiWorld.of(folder, config).awaitReady()) {
      ApiClient api = world.client();
      String job =
          api.post("/api/v1/jobs", "{\"name\": \"n\", \"schedule_expr\": \"@daily\"}")
              .header("Location");
      assertThat(api.get("/health/ready").object()).containsEntry("status", "ok");
      Files.move(table, folder.resolve("away.db"));

      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(api.get("/health/ready").object())
                      .containsEntry("status", "degraded"));
      assertThat(api.get("/health/ready").status()).isEqualTo(200);
      Reply refused = api.send("PATCH", job, "{\"name\": \"m\"}");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("Retry-After")).isNotEmpty();
      assertThat(refused.body()).contains("bring it back");
      assertThat(api.get("/api/v1/overview").list("problems"))
          .anySatisfy(one -> assertThat(one).containsEntry("kind", "source_unavailable"));
      assertThat(api.get("/api/v1/runs").status()).isEqualTo(200);
      Files.move(folder.resolve("away.db"), table);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(api.get("/health/ready").object()).containsEntry("status", "ok"));
      assertThat(api.get(job).status()).isEqualTo(200);
    }
  }

  @Test
  void whatAnotherProgramChangesIsRecordedAsSuch() throws Exception {
    String settings = "http: {port: 0}\ntrack_changes_period: 1\n";
    String config =
        """
        timezone: UTC
        actions_db: {dialect: sqlite, database: "%1$s"}
        internal_db: {dialect: sqlite, database: "%1$s"}
        action:
          callback: stdout
          defaults: {merge_missed: false, actuality_time: -1}
        """
                .formatted(folder.resolve("database.db"))
            + settings;
    try (ApiWorld world = ApiWorld.of(folder, config).awaitReady()) {
      ApiClient api = world.client();
      api.post("/api/v1/jobs", "{\"name\": \"ours\", \"schedule_expr\": \"@daily\"}");
      SqliteTable.at(folder)
          .execute(
              "INSERT INTO action (id, name, command, cron) VALUES (70, 'theirs', 'c', '@hourly')");

      await()
          .atMost(PATIENCE)
          .until(() -> !api.get("/api/v1/jobs/70/changes").list("changes").isEmpty());
      Map<String, Object> change = api.get("/api/v1/jobs/70/changes").list("changes").get(0);
      assertThat(change)
          .containsEntry("kind", "created")
          .containsEntry("via", "another_program")
          .containsEntry("before", null);
      List<Map<String, Object>> ours = api.get("/api/v1/jobs/1/changes").list("changes");
      assertThat(ours).hasSize(1);
      assertThat(ours.get(0)).containsEntry("via", "api");
    }
  }

  @Test
  void aPortThatIsTakenEndsTheStartWithAMessage() throws Exception {
    try (ApiWorld world = ApiWorld.in(folder, ApiWorld.OPEN)) {
      int taken = world.address().getPort();
      Path other = Files.createDirectory(folder.resolve("other"));

      assertThat(
              org.assertj.core.api.Assertions.catchThrowable(
                  () -> ApiWorld.in(other, "http: {port: " + taken + "}\n")))
          .hasRootCauseMessage("it ended with code 1");
    }
  }
}
