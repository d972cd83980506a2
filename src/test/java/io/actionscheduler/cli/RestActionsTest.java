package io.actionscheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Snapshot;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.config.ConfigLoader;
import io.actionscheduler.config.Settings;
import io.actionscheduler.fire.Store;
import io.actionscheduler.source.rest.RestSource;
import io.actionscheduler.testing.TestHttp;
import io.actionscheduler.testing.TestHttp.Answer;
import io.actionscheduler.text.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands name the actions of REST services as they name those of the table. */
class RestActionsTest {
  private static final String LISTED =
      """
      [{"id": 1, "name": "billing", "cron_expression": "0 9 * * *", "merge_missed": false},
       {"id": 2, "name": "broken", "cron_expression": "61 * * * *"}]
      """;

  @TempDir private Path folder;
  private Installation here;
  private TestHttp http;

  @BeforeEach
  void install() throws IOException {
    here = Installation.in(folder);
    http = TestHttp.start();
    http.answer(request -> new Answer(200, Map.of(), LISTED));
    here.configToo("rest: {url: 'http://127.0.0.1:" + http.port() + "', tries: 1}\n");
    here.add("report", "make report", "0 12 * * *");
  }

  @AfterEach
  void closeService() {
    http.close();
  }

  private Typed typed(int code, String... arguments) {
    Typed typed = here.type(arguments);
    assertThat(typed.code()).as(typed.err()).isEqualTo(code);
    return typed;
  }

  @Test
  void listShowsThemWithTheirNextTimes() throws Exception {
    Typed list = typed(0, "actions", "list");
    assertThat(list.lines()).hasSize(4);
    assertThat(list.lines().get(1)).contains("1  report", "2026-11-20T12:00:00+00:00");
    assertThat(list.lines().get(2)).contains("rest:1  billing", "2026-11-21T09:00:00+00:00");
    assertThat(list.lines().get(3)).contains("rest:2", "rejected");
    List<?> json = (List<?>) Json.parse(typed(0, "actions", "list", "--json").out());
    assertThat(json).hasSize(3);
    assertThat((Map<?, ?>) json.get(1))
        .extracting("id", "merge_missed")
        .containsExactly("rest:1", false);
  }

  @Test
  void showFireAndNextTakeTheirIds() throws Exception {
    Map<?, ?> shown = (Map<?, ?>) Json.parse(typed(0, "actions", "show", "rest:1", "--json").out());
    assertThat(shown.get("state")).isEqualTo("fires");
    assertThat((List<?>) shown.get("next")).first().isEqualTo("2026-11-21T09:00:00+00:00");
    assertThat(typed(0, "actions", "show", "rest:2").out()).contains("rejected", "61");
    assertThat(typed(0, "fire", "rest:1").err()).contains("fire rest:1@", "delivered");
    assertThat(typed(0, "backfill", "rest:1", "--from", "2026-11-18", "--to", "2026-11-20").err())
        .endsWith("backfill of action rest:1: 2 of 2 delivered, 0 failed\n");
    assertThat(typed(1, "backfill", "rest:9", "--from", "2026-11-18", "--to", "2026-11-20").err())
        .contains("no action has the id rest:9");
    assertThat(typed(0, "next", "--count", "2").lines().get(2)).contains("rest:1");
    assertThat(typed(0, "next", "rest:1", "--count", "2").lines().subList(1, 3))
        .allMatch(line -> line.contains("rest:1  billing"));
    assertThat(typed(0, "next", "rest:2").err())
        .startsWith("action rest:2 ")
        .contains("61")
        .containsOnlyOnce("rest:2");
    assertThat(typed(1, "next", "rest:9").err()).contains("no action has the id rest:9");
    assertThat(typed(0, "next", "rest:1", "--week").out()).contains("FIRES");
    assertThat(typed(1, "actions", "show", "rest:9").err()).contains("no action has the id rest:9");
    assertThat(typed(1, "fire", "other:1").err()).contains("no action has the id other:1");
  }

  @Test
  void theyAreChangedWhereTheyAreListed() {
    for (String command : List.of("disable", "enable", "remove", "edit")) {
      String[] arguments =
          command.equals("edit")
              ? new String[] {"actions", command, "rest:1", "--name", "x"}
              : new String[] {"actions", command, "1", "rest:1"};
      assertThat(typed(2, arguments).err())
          .contains("action \"rest:1\": listed by the REST service \"rest\"; change it there");
    }
    assertThat(typed(0, "actions", "list").out()).contains("report").doesNotContain("disabled");
  }

  @Test
  void exportWritesTheRowsOfTheTableAlone() {
    assertThat(typed(0, "actions", "export").out()).contains("report").doesNotContain("billing");
  }

  @Test
  void aServiceThatCannotBeAskedIsNamedAndWhatItListedAtLastIsShown() throws Exception {
    http.answer(request -> Answer.of(500));
    Typed unknown = typed(0, "actions", "list");
    assertThat(unknown.out()).contains("report").doesNotContain("rest:1");
    assertThat(unknown.err()).contains("rest: http://127.0.0.1:", "its actions are not shown");
    http.answer(request -> new Answer(200, Map.of(), LISTED));
    keepListing();
    http.answer(request -> Answer.of(500));
    Typed kept = typed(0, "actions", "list");
    assertThat(kept.out()).contains("rest:1");
    assertThat(kept.err()).contains("shown are the actions that it listed at 2026-11-20T10:00:00Z");
  }

  /** What a running scheduler does after each look. */
  private void keepListing() throws Exception {
    Settings settings =
        ConfigLoader.load(folder.resolve("config.yaml"), folder.resolve(".env"), Map.of());
    try (Parts parts = new Parts(settings, () -> Typed.NOW)) {
      RestSource source = parts.restSources().get(0);
      Snapshot read = source.poll(Snapshot.empty(Typed.NOW), Typed.NOW).orElseThrow();
      Store store = parts.store();
      store.own(() -> {});
      store.saveSnapshot("rest", read.actions(), List.of());
      store.snapshotTaken("rest", Typed.NOW);
    }
  }
}
