package io.actionscheduler.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseFaultTest {
  private static final DatabaseSettings AT =
      new DatabaseSettings(
          "actions_db",
          DatabaseSettings.Dialect.POSTGRESQL,
          "jdbc:postgresql://127.0.0.1:1/d",
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Sent again, such a value would be refused again: the table is not unavailable. */
  @ParameterizedTest
  @CsvSource({
    "23514, ERROR: value for domain short violates check constraint",
    "22P02, ERROR: invalid input value for enum mood: x",
    "23502, ERROR: null value in column owner_id violates not-null constraint",
  })
  void aValueThatTheTableRefusesIsNoOutage(String state, String message) {
    DatabaseFault fault = DatabaseFault.of(AT, new SQLException(message, state));

    assertThat(fault.misconfigured()).isTrue();
    assertThat(fault.message()).endsWith("; write a value that the column takes");
  }

  /** No waiting mends these, and whoever reads the message knows what to do. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "08P01 | FATAL: unsupported startup parameter: options | ALTER ROLE name SET search_path",
        "08P01 | FATAL: unsupported startup parameter: search_path | leave it out of the url",
        "08P01 | FATAL: transaction blocks not allowed in statement pooling mode | pool_mode",
      })
  void whatAPoolerDoesNotOfferIsToldWithARemedy(String state, String message, String remedy) {
    DatabaseFault fault = DatabaseFault.of(AT, new SQLException(message, state));

    assertThat(fault.misconfigured()).isTrue();
    assertThat(fault.message()).contains(message).contains(remedy);
  }
}
