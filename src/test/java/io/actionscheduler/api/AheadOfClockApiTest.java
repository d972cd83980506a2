package io.actionscheduler.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.config.ConfigLoader;
import io.actionscheduler.fire.Account;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.testing.ApiClient;
import io.actionscheduler.testing.Records;
import io.actionscheduler.testing.SqliteTable;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Progress that is ahead of the clock, as after the clock was set back. */
class AheadOfClockApiTest {
  @TempDir Path folder;

  @Test
  void noFireIsPromisedBeforeProgressIsPassed() throws Exception {
    SqliteTable.in(folder).insert(1, "silent", "* * * * *");
    SqliteTable.at(folder).insert(2, "other", "* * * * *");
    Instant ahead = Instant.now().plusSeconds(7_200);
    String config =
        "{actions_db: {dialect: sqlite, database: \"%1$s\"}, internal_db: {dialect: sqlite, database: \"%1$s\"}, action: {callback: quiet, defaults: {merge_missed: false, actuality_time: -1}}, callbacks: {quiet: {type: process, command: [cat]}}}"
            .formatted(folder.resolve("database.db"));
    try (Parts parts =
        new Parts(ConfigLoader.parse(config, "", Map.of()), InstantSource.system())) {
      parts.store().own(() -> {});
      Records.save(
          parts.store(),
          List.of(
              new Progress(
                  new ProgressKey(ActionId.of(1), "quiet"),
                  ahead,
                  "* * * * *",
                  "UTC",
                  false,
                  Account.begun(ahead),
                  Optional.empty())));
    }
    try (ApiWorld world = ApiWorld.in(folder, ApiWorld.OPEN).awaitReady()) {
      ApiClient api = world.client();
      assertThat(time(api.get("/api/v1/jobs/1").object().get("next_run_at"))).isAfter(ahead);
      List<?> next = (List<?>) api.get("/api/v1/jobs/1/next").object().get("next");
      assertThat(time(next.get(0))).isAfter(ahead);
      List<?> jobs = (List<?>) api.get("/api/v1/jobs").object().get("jobs");
      assertThat(time(((Map<?, ?>) jobs.get(0)).get("next_run_at"))).isAfter(ahead);
      assertThat(time(((Map<?, ?>) jobs.get(1)).get("next_run_at"))).isBefore(ahead);
    }
  }

  private static Instant time(Object text) {
    return OffsetDateTime.parse(text.toString()).toInstant();
  }
}
