package io.actionscheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.testing.SharedPostgres;
import io.actionscheduler.testing.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Commands beside a cluster; with processes that run, ClusterIT has them. */
@ExtendWith(SharedPostgres.class)
class ClusterCommandTest {
  @TempDir private Path folder;

  @Test
  void withoutAClusterThereIsNoStatusOfOne() throws Exception {
    Typed status = Installation.in(folder).type("cluster", "status");
    assertThat(status.code()).isEqualTo(2);
    assertThat(status.err()).contains("cluster.name is not set: the settings name no cluster");
    assertThat(Installation.in(folder).type("db", "upgrade", "--cluster").out())
        .contains("no index of the shards was added: a cluster needs PostgreSQL");
  }

  @Test
  void aStoreThatNoClusterHasUsedIsToldAndAReloadIsRefused(TestPostgres postgres) throws Exception {
    Installation here = Installation.in(folder);
    String database =
        "{url: \"%s\", username: postgres, password: \"%s\"}"
            .formatted(postgres.url(postgres.createDatabase()), TestPostgres.PASSWORD);
    here.config(
        """
        cluster: {name: billing}
        kafka: {server: "127.0.0.1:1"}
        actions_db: %s
        internal_db: %s
        action:
          callback: stdout
          defaults: {merge_missed: false, actuality_time: -1}
        """
            .formatted(database, database));
    Typed status = here.type("cluster", "status");
    assertThat(status.code()).isEqualTo(1);
    assertThat(status.err()).contains("no process of a cluster has used this store yet");

    for (int i = 0; i < 2; i++) { // the second time, everything is there
      Typed upgrade = here.type("db", "upgrade", "--cluster");
      assertThat(upgrade.code()).as(upgrade.err()).isZero();
      assertThat(upgrade.out()).contains("the table has an index of the shards");
    }

    Typed reload = here.type("reload");
    assertThat(reload.code()).isEqualTo(1);
    assertThat(reload.err())
        .contains("the processes of a cluster cannot read their settings again yet; restart them");
  }
}
