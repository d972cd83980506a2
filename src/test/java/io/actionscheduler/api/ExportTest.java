package io.actionscheduler.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.testing.ApiClient;
import io.actionscheduler.testing.ApiClient.Reply;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The history as a file that streams. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportTest {
  private static final int MANY = 3_000;
  private static final String ROUTE = "/api/v1/export/runs";

  private ApiWorld world;
  private ApiClient api;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    world = ApiWorld.in(folder, ApiWorld.OPEN).awaitReady();
    api = world.client();
    Instant at = Instant.parse("2026-11-20T10:00:00Z");
    world
        .running()
        .store()
        .addByHand(
            IntStream.range(0, MANY)
                .mapToObj(
                    i ->
                        new Run(
                            new ProgressKey(ActionId.of(i), "stdout"),
                            i == 0 ? "=HYPERLINK(\"http://bad\")" : "job " + i,
                            Stretch.of(at.plusSeconds(i)),
                            "",
                            Cause.SCHEDULE,
                            i % 100 == 0 ? Run.Status.FAILED : Run.Status.SUCCESS,
                            Optional.of(at),
                            at,
                            1,
                            0,
                            i % 100 == 0 ? "no, \"not\" now" : "",
                            "printed ".repeat(500)))
                .toList());
  }

  @AfterAll
  void stop() {
    world.close();
  }

  @Test
  void itHoldsAllThatMatchesAndIsSafeInASpreadsheet() {
    Reply csv = api.get(ROUTE);
    assertThat(csv.header("Content-Type")).startsWith("text/csv");
    assertThat(csv.header("Content-Disposition")).contains("history.csv");
    assertThat(csv.body().lines()).hasSize(MANY + 1);
    assertThat(csv.body())
        .startsWith("id,job_id,job_name,")
        .contains("\"'=HYPERLINK(\"\"http://bad\"\")\"", "\"no, \"\"not\"\" now\"");
    assertThat(api.get(ROUTE + "?status=failed&format=jsonl").body().lines())
        .hasSize(MANY / 100)
        .allSatisfy(line -> assertThat(line).startsWith("{").contains("printed", "failed"));
    assertThat(api.get(ROUTE + "?format=xml").status()).isEqualTo(400);
    assertThat(api.get(ROUTE + "?status=none").status()).isEqualTo(400);
  }

  @Test
  void aClientThatGoesAwayOrReadsNothingFreesItsPlace() throws Exception {
    for (int i = 0; i < 3; i++) {
      HttpURLConnection cut =
          (HttpURLConnection) api.base().resolve(ROUTE + "?format=jsonl").toURL().openConnection();
      try (InputStream in = cut.getInputStream()) {
        assertThat(in.readNBytes(100)).hasSize(100);
      }
      cut.disconnect();
    }
    List<Socket> silent = new java.util.ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) {
        Socket socket = new Socket(api.base().getHost(), api.base().getPort());
        silent.add(socket);
        socket
            .getOutputStream()
            .write(
                ("GET " + ROUTE + "?format=jsonl HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
      }
      await().atMost(Duration.ofSeconds(60)).until(() -> api.get(ROUTE).status() == 503);
    } finally {
      for (Socket socket : silent) {
        socket.setSoLinger(true, 0);
        socket.close();
      }
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> api.get(ROUTE).status() == 200);
  }
}
