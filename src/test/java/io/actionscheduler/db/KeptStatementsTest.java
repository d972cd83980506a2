package io.actionscheduler.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements that a connection to a SQLite file prepares once. */
class KeptStatementsTest {
  private static final String BY_ID = "SELECT name FROM thing WHERE id = ?";

  @TempDir Path folder;
  private SqliteFile file;

  @BeforeEach
  void open() throws SQLException {
    String url = "jdbc:sqlite:" + folder.resolve("a.db") + "?busy_timeout=200";
    file = SqliteFile.open(folder.resolve("a.db"), url);
    file.write(
        handle -> {
          handle.execute("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT UNIQUE)");
          for (int i = 1; i <= 100; i++) {
            handle.execute("INSERT INTO thing VALUES (?, ?)", i, "thing " + i);
          }
          return handle;
        });
  }

  @AfterEach
  void close() throws SQLException {
    file.close();
  }

  private void elsewhere(String sql) throws SQLException {
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("a.db"));
        Statement statement = other.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 0");
      statement.execute(sql);
    }
  }

  private static PreparedStatement lent(Handle handle) throws SQLException {
    try (KeptStatements.Loan loan = KeptStatements.lend(handle, BY_ID)) {
      return loan.statement();
    }
  }

  @Test
  void aStatementIsPreparedOnceForAllTransactions() throws SQLException {
    PreparedStatement first = file.read(KeptStatementsTest::lent);
    PreparedStatement again = file.read(KeptStatementsTest::lent);
    PreparedStatement written = file.write(KeptStatementsTest::lent);
    assertThat(again).isSameAs(first);
    assertThat(written).isNotSameAs(first); // it has a connection of its own
  }

  @Test
  void aLongStatementIsKeptWhereItIsAskedFor() throws SQLException {
    String sql = BY_ID + " OR id IN (?" + ", ?".repeat(2_000) + ")";
    SqliteFile.Work<PreparedStatement> kept =
        handle -> {
          try (KeptStatements.Loan loan = KeptStatements.lendLong(handle, sql)) {
            return loan.statement();
          }
        };
    SqliteFile.Work<PreparedStatement> once =
        handle -> {
          try (KeptStatements.Loan loan = KeptStatements.lend(handle, sql)) {
            return loan.statement();
          }
        };
    assertThat(file.read(once)).isNotSameAs(file.read(once));
    assertThat(file.read(kept)).isSameAs(file.read(kept));
  }

  @Test
  void aStatementInUseIsNotLentAgain() throws SQLException {
    List<String> names =
        file.read(
            handle -> {
              List<String> found = new ArrayList<>();
              try (KeptStatements.Loan outer = KeptStatements.lend(handle, BY_ID)) {
                outer.statement().setInt(1, 1);
                try (ResultSet row = outer.statement().executeQuery()) {
                  try (KeptStatements.Loan inner = KeptStatements.lend(handle, BY_ID)) {
                    inner.statement().setInt(1, 2);
                    try (ResultSet other = inner.statement().executeQuery()) {
                      other.next();
                      found.add(other.getString(1));
                    }
                  }
                  row.next();
                  found.add(row.getString(1));
                }
              }
              return found;
            });
    assertThat(names).containsExactly("thing 2", "thing 1");
  }

  @Test
  void aQueryThatWasReadInPartLocksNothingAfterItsTransaction() throws SQLException {
    String name =
        file.read(
            handle ->
                handle
                    .createQuery("SELECT name FROM thing ORDER BY id")
                    .mapTo(String.class)
                    .findFirst()
                    .orElseThrow());
    assertThat(name).isEqualTo("thing 1");
    elsewhere("DELETE FROM thing WHERE id = 1"); // at once, or it would throw
  }

  @Test
  void aPragmaWithAnAnswerLocksNothing() throws SQLException {
    file.useWriteAheadLog();
    elsewhere("DELETE FROM thing WHERE id = 1");
  }

  @Test
  void columnsThatOthersAddAreSeen() throws SQLException {
    String all = "SELECT * FROM thing WHERE id = 1";
    assertThat(columns(all)).containsExactly("id", "name");
    elsewhere("ALTER TABLE thing ADD COLUMN colour TEXT");
    assertThat(columns(all)).containsExactly("id", "name", "colour");
    assertThat(name(7)).isEqualTo("thing 7");
  }

  private List<String> columns(String sql) throws SQLException {
    return file.read(handle -> List.copyOf(handle.createQuery(sql).mapToMap().one().keySet()));
  }

  private String name(int id) throws SQLException {
    return file.read(handle -> handle.createQuery(BY_ID).bind(0, id).mapTo(String.class).one());
  }

  @Test
  void aStatementThatFailedIsGoodForTheNextOne() throws SQLException {
    String insert = "INSERT INTO thing (name) VALUES (?)";
    assertThatThrownBy(() -> file.write(handle -> handle.execute(insert, "thing 5")))
        .hasMessageContaining("UNIQUE");
    file.write(handle -> handle.execute(insert, "new"));
    assertThat(name(101)).isEqualTo("new");
  }

  @Test
  void valuesOfTheUseBeforeAreForgotten() throws SQLException {
    name(7);
    boolean any =
        file.read(
            handle -> {
              try (KeptStatements.Loan loan = KeptStatements.lend(handle, BY_ID);
                  ResultSet row = loan.statement().executeQuery()) {
                return row.next();
              }
            });
    assertThat(any).isFalse(); // id = NULL
  }

  @Test
  void onlySomeStatementsAreKept() throws SQLException {
    PreparedStatement first = file.read(KeptStatementsTest::lent);
    file.read(
        handle -> {
          for (int i = 0; i < 150; i++) {
            handle.createQuery("SELECT " + i).mapTo(int.class).one();
          }
          return handle;
        });
    assertThat(first.isClosed()).isTrue();
  }
}
