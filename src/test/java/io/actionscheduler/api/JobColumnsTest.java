package io.actionscheduler.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.http.Faults;
import io.actionscheduler.http.Problem;
import io.actionscheduler.http.Schema;
import io.actionscheduler.source.Column;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A new column of the table reaches the API and the dashboard, where no compiler leads. */
class JobColumnsTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  /** {@code payload} for a column that bodies write as {@code payload.type}. */
  private static String member(Column column) {
    return JobInput.pointer(column, Map.of()).split("/")[1];
  }

  private static void assertKnows(Schema job, Column column) {
    Faults faults = new Faults();
    job.check(Map.of(member(column), 1), "", faults);
    String found = faults.isEmpty() ? "" : faults.toProblem().getMessage();
    assertThat(found).doesNotContain("unknown field");
  }

  @ParameterizedTest
  @EnumSource(
      value = Column.class,
      names = {"ID", "CREATED_AT", "UPDATED_AT"},
      mode = EnumSource.Mode.EXCLUDE)
  void bodiesMayNameEachColumnThatPeopleFillIn(Column column) {
    assertKnows(Shapes.NEW_JOB, column);
    assertKnows(Shapes.JOB_CHANGES, column);
  }

  @ParameterizedTest
  @EnumSource(Column.class)
  void jobsShowEachColumn(Column column) {
    assertKnows(Shapes.JOB, column);
  }

  @ParameterizedTest
  @EnumSource(
      value = Column.class,
      names = {"ID", "CREATED_AT", "UPDATED_AT", "CALLBACK", "PARAMETERS"},
      mode = EnumSource.Mode.EXCLUDE)
  void aMemberBecomesTheValueOfItsColumn(Column column) throws Problem {
    assertThat(JobInput.read(Map.of(member(column), "7"), NOW))
        .containsOnlyKeys(column)
        .extractingByKey(column)
        .satisfies(value -> assertThat(value).isPresent());
    assertThat(JobInput.read(Map.of("callback", "kafka"), NOW))
        .containsExactly(Map.entry(Column.CALLBACK, Optional.of("kafka")));
  }

  @ParameterizedTest
  @EnumSource(
      value = Column.class,
      names = {"ID", "CREATED_AT", "UPDATED_AT", "CALLBACK", "RETRY"},
      mode = EnumSource.Mode.EXCLUDE)
  void theFormOfTheDashboardHasAFieldForEach(Column column) throws IOException {
    String field = column == Column.PARAMETERS ? "parameters" : member(column);
    try (InputStream page =
        JobColumnsTest.class.getResourceAsStream("/io/actionscheduler/dashboard/editor.js")) {
      assertThat(new String(page.readAllBytes(), StandardCharsets.UTF_8))
          .contains("'" + field + "'");
    }
  }
}
