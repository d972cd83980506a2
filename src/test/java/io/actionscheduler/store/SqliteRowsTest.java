package io.actionscheduler.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class SqliteRowsTest {
  private static final int COLUMNS = 9;
  private static final List<String> NAMES =
      IntStream.range(0, COLUMNS).mapToObj(i -> "c" + i).toList();

  /** Numbers, texts and NULL; each column differs in some of the statements and not in others. */
  private static List<List<Object>> rows(int count) {
    Random random = new Random(20261127);
    List<List<Object>> rows = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      List<Object> values = new ArrayList<>();
      for (int column = 0; column < COLUMNS; column++) {
        boolean differs = (row / 200 >> column & 1) == 1;
        long value = differs ? random.nextInt(5) : column;
        values.add(value == 4 ? "NULL" : column % 2 == 0 ? (Object) value : "text " + value);
      }
      rows.add(values);
    }
    return rows;
  }

  private static void bind(Bulk.Values values, List<Object> row) throws java.sql.SQLException {
    for (int column = 0; column < COLUMNS; column++) {
      Object value = row.get(column);
      if (value.equals("NULL")) {
        if (column % 2 == 0) {
          values.noNumber();
        } else {
          values.text(null);
        }
      } else if (value instanceof Long number) {
        values.number(number);
      } else {
        values.text((String) value);
      }
    }
  }

  @Test
  void everyRowIsStoredAsItIsWhicheverColumnsItsStatementShares() throws Exception {
    List<List<Object>> rows = rows(200 * 40 + 17); // forty forms, and a last statement of few rows
    Jdbi.create("jdbc:sqlite::memory:")
        .useHandle(
            handle -> {
              handle.execute("CREATE TABLE one (" + String.join(",", NAMES) + ")");
              SqliteRows.of("INSERT", "one", NAMES).execute(handle, rows, SqliteRowsTest::bind);

              assertThat(stored(handle)).isEqualTo(rows);
            });
  }

  @Test
  void anyNumberOfRowsIsStoredInAnyOrderOfWrites() throws Exception {
    List<List<Object>> rows = rows(260);
    List<Integer> counts = new ArrayList<>(IntStream.range(1, 260).boxed().toList());
    Collections.shuffle(counts, new Random(20261128));
    Jdbi.create("jdbc:sqlite::memory:")
        .useHandle(
            handle -> {
              handle.execute("CREATE TABLE one (" + String.join(",", NAMES) + ")");
              SqliteRows insert = SqliteRows.of("INSERT", "one", NAMES);
              for (int count : counts) {
                List<List<Object>> some = rows.subList(260 - count, 260);
                insert.execute(handle, some, SqliteRowsTest::bind);
                assertThat(stored(handle)).isEqualTo(some);
                handle.execute("DELETE FROM one");
              }
            });
  }

  private static List<List<Object>> stored(Handle handle) {
    return handle
        .createQuery("SELECT * FROM one ORDER BY rowid")
        .map(
            (row, context) -> {
              List<Object> values = new ArrayList<>();
              for (int column = 1; column <= COLUMNS; column++) {
                Object value = row.getObject(column);
                values.add(
                    value == null
                        ? "NULL"
                        : value instanceof Number number ? (Object) number.longValue() : value);
              }
              return values;
            })
        .list();
  }

  @Test
  void noRowsAreNoStatement() throws Exception {
    Jdbi.create("jdbc:sqlite::memory:")
        .useHandle(
            handle ->
                SqliteRows.of("INSERT", "missing", NAMES)
                    .execute(handle, List.<List<Object>>of(), SqliteRowsTest::bind));
  }
}
