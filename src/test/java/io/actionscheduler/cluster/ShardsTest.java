package io.actionscheduler.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.testing.SharedPostgres;
import io.actionscheduler.testing.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedPostgres.class)
class ShardsTest {
  private static final long SEED = Long.getLong("seed", 20261127);

  /** Ids at which arithmetic goes wrong, where it does: near 0, near the prime, near the ends. */
  private static List<Long> ids() {
    List<Long> ids = new ArrayList<>();
    for (long around :
        new long[] {0, 1L << 31, -(1L << 31), (1L << 31) - 1, 1L << 32, 1L << 62, -(1L << 62)}) {
      LongStream.rangeClosed(-3, 3).forEach(by -> ids.add(around + by));
    }
    for (long by = 0; by < 4; by++) {
      ids.add(Long.MAX_VALUE - by);
      ids.add(Long.MIN_VALUE + by);
    }
    Random random = new Random(SEED);
    for (int i = 0; i < 5_000; i++) {
      ids.add(random.nextLong() >> random.nextInt(64));
    }
    return ids;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 60, 61, 10_000})
  void javaAndBothDatabasesAgree(int count, TestPostgres postgres) throws Exception {
    Shards shards = new Shards(count, Shards.VERSION);
    List<Long> ids = ids();
    List<Integer> here = ids.stream().map(shards::of).toList();
    try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite::memory:");
        Connection postgresql = postgres.connect("postgres")) {
      assertThat(asked(sqlite, "INTEGER", shards, ids))
          .describedAs("seed %d", SEED)
          .isEqualTo(here);
      assertThat(asked(postgresql, "bigint", shards, ids))
          .describedAs("seed %d", SEED)
          .isEqualTo(here);
    }
    assertThat(here).allMatch(shard -> shard >= 0 && shard < count);
  }

  private static List<Integer> asked(
      Connection connection, String type, Shards shards, List<Long> ids) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("CREATE TEMP TABLE ids (place INTEGER, id " + type + ")");
      statement.execute("CREATE INDEX of_shard ON ids (" + shards.sql("id") + ")");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO ids VALUES (?, ?)")) {
        for (int i = 0; i < ids.size(); i++) {
          insert.setInt(1, i);
          insert.setLong(2, ids.get(i));
          insert.addBatch();
        }
        insert.executeBatch();
      }
      List<Integer> answers = new ArrayList<>();
      try (ResultSet rows =
          statement.executeQuery("SELECT " + shards.sql("id") + " FROM ids ORDER BY place")) {
        while (rows.next()) {
          answers.add(rows.getInt(1));
        }
      }
      connection.rollback();
      return answers;
    }
  }

  @Test
  void anIdOfFewerBitsDoesNotOverflowInTheDatabase(TestPostgres postgres) throws Exception {
    Shards shards = Shards.standard();
    try (Connection connection = postgres.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT " + shards.sql("id") + " FROM (SELECT 2147483646::int AS id) AS one")) {
      row.next();
      assertThat(row.getInt(1)).isEqualTo(shards.of(2_147_483_646L));
    }
  }

  @Test
  void theConditionOfSomeShardsSelectsWhatBelongsToThem(TestPostgres postgres) throws Exception {
    Shards shards = new Shards(4, Shards.VERSION);
    int ofNull = shards.of(new ActionId("NULL")); // of the rejection of a row without an id
    try (Connection connection = postgres.connect("postgres");
        Statement statement = connection.createStatement()) {
      for (Set<Integer> some :
          List.of(Set.<Integer>of(), Set.of(ofNull), Set.of((ofNull + 1) % 4, (ofNull + 2) % 4))) {
        ShardSet set = new ShardSet(shards, some);
        List<String> selected = new ArrayList<>();
        try (ResultSet row =
            statement.executeQuery(
                "SELECT coalesce(CAST(id AS text), 'NULL')"
                    + " FROM (VALUES (-5), (0), (1), (2), (3), (4), (7), (NULL)) AS ids (id) WHERE "
                    + set.condition("id").orElseThrow())) {
          while (row.next()) {
            selected.add(row.getString(1));
          }
        }
        assertThat(selected)
            .containsExactlyElementsOf(
                Stream.of("-5", "0", "1", "2", "3", "4", "7", "NULL")
                    .filter(id -> set.test(new ActionId(id)))
                    .toList());
      }
    }
    assertThat(new ShardSet(shards, Set.of(0, 1, 2, 3)).condition("id")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 10, 60, 1000, 4096})
  void idsWithACommonStepSpreadEvenly(long step) {
    Shards shards = Shards.standard();
    int[] of = new int[60];
    for (int i = 0; i < 60_000; i++) {
      of[shards.of(i * step)]++;
    }
    assertThat(IntStream.of(of)).allMatch(held -> held > 800 && held < 1_200);
  }

  @Test
  void whatASourceListsBelongsToOneShard() {
    Shards shards = Shards.standard();
    assertThat(shards.of(new ActionId("crm:1"))).isEqualTo(shards.of(new ActionId("crm:2")));
    assertThat(shards.of(new ActionId("crm:1"))).isEqualTo(shards.ofSource("crm"));
    assertThat(shards.of(new ActionId("7"))).isEqualTo(shards.of(7));
  }

  @Test
  void theArithmeticIsTheOneThatIsStored() {
    Shards shards = Shards.standard();
    assertThat(LongStream.of(0, 1, 2, 59, 60, -1, 2_147_483_647L).mapToInt(shards::of))
        .containsExactly(0, 9, 11, 50, 52, 58, 0);
    assertThatThrownBy(() -> new Shards(60, 2))
        .hasMessageContaining("this program knows only version 1");
    assertThatThrownBy(() -> new Shards(0, 1)).hasMessageContaining("allowed: 1 to 10000");
  }
}
