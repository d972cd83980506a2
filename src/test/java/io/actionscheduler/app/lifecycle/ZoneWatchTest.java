package io.actionscheduler.app.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.app.parts.StoredLaws;
import io.actionscheduler.config.ConfigLoader;
import io.actionscheduler.config.Settings;
import io.actionscheduler.schedule.ZoneLaw;
import io.actionscheduler.store.MemoryStore;
import io.actionscheduler.testing.Logged;
import io.actionscheduler.zone.CompiledZone;
import io.actionscheduler.zone.ZoneChoice;
import io.actionscheduler.zone.ZoneData;
import io.actionscheduler.zone.Zones;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZoneWatchTest {
  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

  @TempDir private Path folder;

  private final MemoryStore store = new MemoryStore();
  private final Feeds feeds = new Feeds();
  private Settings settings;
  private ZoneWatch watch;

  @BeforeEach
  void prepare() throws Exception {
    Path config =
        Files.writeString(
            folder.resolve("config.yaml"),
            """
            timezone: UTC
            actions_db: {dialect: sqlite, database: x.db}
            action:
              callback: stdout
              defaults: {merge_missed: false, actuality_time: -1}
            """);
    settings = ConfigLoader.load(config, folder.resolve(".env"), Map.of());
    watch = new ZoneWatch(settings, store, feeds, this::found, InstantSource.fixed(NOW));
    zones("2099a", "UTC-1");
    Zones.use(found());
  }

  @AfterEach
  void restore() {
    feeds.close();
    Zones.use(ZoneData.of(ZoneChoice.of(ZoneChoice.NEWEST, System.getenv())));
  }

  private ZoneData found() {
    return ZoneData.of(ZoneChoice.of(ZoneChoice.NEWEST, Map.of("TZDIR", folder.toString())));
  }

  private void zones(String version, String rule) throws Exception {
    Path file = folder.resolve("Europe/Berlin");
    Files.createDirectories(file.getParent());
    Files.write(file, CompiledZone.of(rule));
    Files.writeString(
        folder.resolve("tzdata.zi"), "# version " + version + "\nZ Europe/Berlin 0 - x\n");
  }

  private static int hours() {
    return ZoneId.of("Europe/Berlin").getRules().getOffset(NOW).getTotalSeconds() / 3600;
  }

  @Test
  void newDataAreTakenWhenTheyAreTheSameTwice() throws Exception {
    assertThat(hours()).isEqualTo(1);
    try (Logged logged = Logged.of(ZoneWatch.class)) {
      watch.look();
      zones("2099b", "UTC-2");
      watch.look();
      assertThat(hours()).isEqualTo(1);
      zones("2099b", "UTC-3"); // the files were still being exchanged
      watch.look();
      assertThat(hours()).isEqualTo(1);
      watch.look();
      assertThat(hours()).isEqualTo(3);
      watch.look();

      assertThat(logged.lines())
          .containsExactly(
              "time zone data 2099b from system ("
                  + folder
                  + "), before it was 2099a: Europe/Berlin is at +03:00 instead of +01:00 since"
                  + " 1970-01-01T00:00:00Z; rescheduled: no action");
    }
  }

  @Test
  void newDataWithoutANewLawAreTakenQuietly() throws Exception {
    assertThat(hours()).isEqualTo(1);
    zones("2099b", "UTC-1");
    try (Logged logged = Logged.of(ZoneWatch.class)) {
      watch.look();
      watch.look();

      assertThat(logged.lines())
          .containsExactly(
              "time zone data 2099b from system ("
                  + folder
                  + "), before it was 2099a: the rules of all zones in use are the same");
    }
    assertThat(ZoneLaw.of(ZoneId.of("Europe/Berlin")).version()).isEqualTo("2099b");
  }

  @Test
  void aFileThatBreaksIsNamedOnceAndItsZoneIsTakenFromElsewhere() throws Exception {
    assertThat(hours()).isEqualTo(1);
    Files.write(folder.resolve("Europe/Berlin"), new byte[] {1, 2, 3});
    try (Logged logged = Logged.of(ZoneWatch.class)) {
      for (int i = 0; i < 4; i++) {
        watch.look();
      }
      assertThat(logged.lines().stream().filter(line -> line.contains("is damaged")))
          .hasSize(1)
          .allMatch(line -> line.contains("Europe/Berlin is taken from bundled"));
    }
    assertThat(hours()).isEqualTo(1);
  }

  @Test
  void lawsInUseAreKeptAndFormerOnesKnownAgain() throws Exception {
    assertThat(hours()).isEqualTo(1);
    watch.look();
    assertThat(store.zoneLaws()).containsKey("Europe/Berlin~2099a");
    zones("2099b", "UTC-2");
    watch.look();
    watch.look();

    StoredLaws.restore(store);

    assertThat(store.zoneLaws()).containsKeys("Europe/Berlin~2099a", "Europe/Berlin~2099b");
    assertThat(ZoneLaw.zone("Europe/Berlin~2099a").getRules().getOffset(NOW))
        .isEqualTo(ZoneOffset.ofHours(1));
    assertThat(ZoneLaw.zone("Europe/Berlin~2099b").getRules().getOffset(NOW))
        .isEqualTo(ZoneOffset.ofHours(2));
  }
}
