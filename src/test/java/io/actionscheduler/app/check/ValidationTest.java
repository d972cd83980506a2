package io.actionscheduler.app.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.action.SourceException;
import io.actionscheduler.app.check.TableProblem.Kind;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.config.ConfigLoader;
import io.actionscheduler.config.Settings;
import io.actionscheduler.testing.TestHttp;
import io.actionscheduler.testing.TestHttp.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is checked of REST services; the table is checked through the command. */
class ValidationTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  private static Settings settings(TestHttp http) throws Exception {
    return ConfigLoader.parse(
        """
        action: {callback: stdout, defaults: {merge_missed: true, actuality_time: 60}}
        rest: {url: 'http://127.0.0.1:%d', tries: 1}
        """
            .formatted(http.port()),
        "",
        Map.of());
  }

  @Test
  void entriesOfAServiceAreCheckedAsRowsAre() throws Exception {
    List<TableProblem> found = new ArrayList<>();
    try (TestHttp http = TestHttp.start()) {
      http.answer(
          request ->
              new Answer(
                  200,
                  Map.of(),
                  """
                  [{"id": 1, "name": "fine", "cron_expression": "0 9 * * *"},
                   {"id": 2, "name": "bad", "cron_expression": "61 * * * *"},
                   {"id": 3, "name": "past", "cron_expression": "2020-01-01T00:00:00Z"}]
                  """));
      try (Parts parts = new Parts(settings(http), () -> NOW)) {
        Validation.Result result = new Validation(parts).run(found::add);
        assertThat(result.rows()).isEqualTo(3);
        assertThat(result.problems()).isEqualTo(2);
      }
    }
    assertThat(found)
        .extracting(problem -> problem.kind() + " " + problem.action())
        .containsExactly("rejected rest:2", "never_fires rest:3");
    assertThat(found.get(1).message())
        .startsWith(
            "action rest:3 \"past\": cron \"2020-01-01T00:00:00Z\": does not fire any more");
    assertThat(found).extracting(TableProblem::kind).contains(Kind.REJECTED);
  }

  @Test
  void aServiceThatIsAwayIsNotTakenForASoundOne() throws Exception {
    try (TestHttp http = TestHttp.start();
        Parts parts = new Parts(settings(http), () -> NOW)) {
      http.answer(request -> Answer.of(500));
      assertThatThrownBy(() -> new Validation(parts).run(problem -> {}))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("answered 500");
    }
  }

  @Test
  void commandsThatWorkOnTheTableSayThatThereIsNone() throws Exception {
    try (TestHttp http = TestHttp.start();
        Parts parts = new Parts(settings(http), () -> NOW)) {
      assertThatThrownBy(parts::table)
          .isInstanceOfSatisfying(
              SourceException.class, e -> assertThat(e.isMisconfigured()).isTrue())
          .hasMessageStartingWith("actions_db: not set");
    }
  }
}
