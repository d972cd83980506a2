package io.actionscheduler.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.testing.ApiClient;
import io.actionscheduler.testing.SqliteTable;
import io.actionscheduler.testing.TestHttp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists of jobs, rejected rows among them, with each filter and in each order. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JobListsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private TestHttp service;
  private ApiWorld world;
  private ApiClient api;
  private SqliteTable table;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    table = SqliteTable.in(folder);
    table.execute("ALTER TABLE action ADD COLUMN owner_id TEXT");
    table.execute("ALTER TABLE action ADD COLUMN callback TEXT");
    table.execute("ALTER TABLE action ADD COLUMN created_at TIMESTAMP");
    table.execute("ALTER TABLE action ADD COLUMN updated_at TIMESTAMP");
    row(table, 1, "delta", "0 3 * * *", "ann", "loud", "2026-01-05");
    row(table, 2, "ALPHA", "0 1 * * *", "bob", "quiet", "2026-01-01");
    row(table, 3, "broken", "61 * * * *", "ann", "loud", "2026-01-03");
    row(table, 4, "Ärger", "0 2 * * *", "bob", "quiet", "2026-01-04");
    row(table, 5, "Über Kreuz", "no cron", "bob", "quiet", "2026-01-02");
    service = TestHttp.start();
    service.answer(
        request ->
            new TestHttp.Answer(
                200,
                Map.of(),
                "[{\"id\": 1, \"name\": \"good\", \"cron_expression\": \"0 9 * * *\"},"
                    + " {\"id\": 2, \"name\": \"bad\", \"cron_expression\": \"0 99 * * *\"}]"));
    world =
        ApiWorld.with(
                folder,
                ApiWorld.OPEN,
                "rest: {sources: {crm: {url: \"http://127.0.0.1:%d\"}}}\n"
                    .formatted(service.port()))
            .awaitReady();
    api = world.client();
    await() // each source is read by a thread of its own
        .atMost(PATIENCE)
        .until(
            () ->
                total("status=fires") == 3
                    && total("status=rejected") == 2
                    && total("source=crm") == 1
                    && total("source=crm&status=rejected") == 1);
  }

  private static void row(SqliteTable table, int id, String name, String cron, String... others)
      throws Exception {
    table.execute(
        "INSERT INTO action (id, name, command, cron, owner_id, callback, created_at) VALUES"
            + " (%d, '%s', 'c', '%s', '%s', '%s', '%s')"
                .formatted(id, name, cron, others[0], others[1], others[2]));
  }

  @AfterAll
  void stop() {
    if (world != null) {
      world.close();
    }
    if (service != null) {
      service.close();
    }
  }

  private long total(String query) {
    return (long) api.get("/api/v1/jobs?" + query).object().get("total");
  }

  private List<String> ids(String query) {
    return api.get("/api/v1/jobs?" + query).list("jobs").stream()
        .map(job -> job.get("id").toString())
        .toList();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "sort=name, 2 1 4 3 5", // rejected rows last, by id
    "sort=name&descending=true, 4 1 2 3 5",
    "sort=name&owner_id=ann, 1 3",
    "sort=name&q=BRO, 3",
    "sort=name&callback=quiet, 2 4 5",
    "sort=next_run_at&q=alpha, 2",
    "sort=name&size=2&page=2, 4 3",
    "status=rejected, 3 5",
    "status=rejected&q=bro, 3",
    "status=rejected&owner_id=bob, 5",
    "status=rejected&callback=loud, 3",
    "status=rejected&size=1&page=2, 5",
    "status=rejected&sort=created_at, 5 3",
    "status=rejected&schedule=2, ''", // a schedule that is not understood matches none
    "q=%C3%84RG, 4", // databases know the cases of ASCII letters alone
    "q=%C3%A4rger, 4",
    "q=%C3%BCber, 5",
    "q=%C3%BCber&status=rejected, 5",
    "q=%C3%BCber&owner_id=ann, ''",
    "status=fires&sort=created_at, 2 4 1",
    "status=fires&sort=created_at&descending=true, 1 4 2",
    "sort=created_at, 2 5 3 4 1",
    "size=2&page=3, 5",
    "size=2&page=4, ''",
    "source=crm&status=rejected, crm:2",
    "source=crm&status=rejected&q=nothing, ''",
    "source=crm&status=rejected&callback=loud, ''",
  })
  void aListHasWhatItsFilterNamesInTheOrderAskedFor(String query, String ids) {
    assertThat(String.join(" ", ids(query))).isEqualTo(ids);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "size=2&page=1, 5",
    "size=2&page=3, 5",
    "size=2&page=4, 5",
    "size=5, 5",
    "size=50, 5",
    "q=alpha, 1",
    "q=nowhere, 0",
    "sort=name&size=2, 5",
    "status=rejected&size=1, 2"
  })
  void theTotalIsThatOfAllPages(String query, long total) {
    assertThat(total(query)).isEqualTo(total);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"q\": \"ärger\"} | 1",
        "{\"q\": \"ÜBER\"} | 1",
        "{\"status\": \"rejected\"} | 2",
        "{\"status\": \"rejected\", \"owner_id\": \"ann\"} | 1",
        "{\"status\": \"rejected\", \"schedule\": \"2 *\"} | 0",
        "{\"schedule\": \"2 *\", \"q\": \"ä\"} | 1",
        "{} | 5"
      })
  void aChangeOfManyCountsWhatTheListShows(String filter, long matches) {
    assertThat(
            api.post(
                    "/api/v1/jobs/bulk?dry_run=true",
                    "{\"operation\": \"pause\", \"filter\": " + filter + "}")
                .object())
        .containsEntry("matches", matches);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-29 02:30:00, 2026-03-29T02:30:00+00:00",
    "2026-01-05, 2026-01-05T00:00:00+00:00",
    "2026-01-05T10:30:00.25+02:00, 2026-01-05T08:30:00.250000+00:00",
    "2026-01-05 10:30:00.123456-03, 2026-01-05T13:30:00.123456+00:00",
    "last week, last week",
  })
  void aTimeOfTheTableIsShownAsAllTimesAre(String stored, String shown) throws Exception {
    table.execute("UPDATE action SET updated_at = '%s' WHERE id = 1".formatted(stored));

    assertThat(api.get("/api/v1/jobs/1").object()).containsEntry("updated_at", shown);
  }

  @Test
  void anEntryOfAServiceThatIsRejectedIsShownWithItsFault() {
    assertThat(api.get("/api/v1/jobs/crm:2").object())
        .containsEntry("status", "rejected")
        .extractingByKey("problem")
        .asString()
        .contains("99");
  }
}
