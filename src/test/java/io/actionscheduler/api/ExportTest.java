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
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
    List<Socket> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 4; i++) { // each has its place before the next one asks
        silent.add(
            await()
                .atMost(Duration.ofSeconds(60))
                .until(this::askAndReadNothing, Optional::isPresent)
                .orElseThrow());
      }
      assertThat(api.get(ROUTE).status()).isEqualTo(503);
    } finally {
      for (Socket socket : silent) {
        socket.setSoLinger(true, 0);
        socket.close();
      }
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> api.get(ROUTE).status() == 200);
  }

  /** A client that is served and reads no more than that; empty where no place was free. */
  private Optional<Socket> askAndReadNothing() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096); // else what the client does not read fits in there
    socket.connect(new InetSocketAddress(api.base().getHost(), api.base().getPort()));
    String request = "GET " + ROUTE + "?format=jsonl HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    String status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
    if (status.equals("HTTP/1.1 200")) {
      return Optional.of(socket);
    }
    socket.close();
    return Optional.empty();
  }
}
