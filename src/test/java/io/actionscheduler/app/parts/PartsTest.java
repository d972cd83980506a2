package io.actionscheduler.app.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.config.ConfigLoader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartsTest {
  @TempDir private Path folder;

  @Test
  void eachThingIsOpenedOnceHoweverOftenItIsAskedFor() throws Exception {
    String config =
        """
        actions_db: {dialect: sqlite, database: "%1$s"}
        internal_db: {dialect: sqlite, database: "%1$s"}
        action: {callback: stdout, defaults: {merge_missed: true, actuality_time: 60}}
        rest: {url: 'http://127.0.0.1:1'}
        """
            .formatted(folder.resolve("database.db"));
    try (Parts parts = new Parts(ConfigLoader.parse(config, "", Map.of()), () -> Instant.EPOCH)) {
      assertThat(parts.table()).isSameAs(parts.table());
      assertThat(parts.store()).isSameAs(parts.store());
      assertThat(parts.restSources()).isSameAs(parts.restSources());
    }
  }
}
