package io.actionscheduler.callback.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.PluginJars;
import io.actionscheduler.testing.Reported;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of a user's callback in {@code examples/file-callback} builds, loads and works. */
class ExampleCallbackTest {
  @TempDir static Path temp;
  private static CallbackTypes types;

  @BeforeAll
  static void putTheJarIntoThePluginsFolder() throws Exception {
    Path plugins = Files.createDirectory(temp.resolve("plugins"));
    PluginJars.buildProject(
        plugins.resolve("file-callback.jar"), Path.of("examples/file-callback"));
    types = new CallbackTypes(List.of(), plugins);
  }

  @AfterAll
  static void close() {
    types.close();
  }

  @Test
  void isAKnownTypeWithItsSettings() {
    assertThat(types.faults()).isEmpty();
    assertThat(types.known()).containsExactly("file");
    assertThat(types.settings(Set.of("file", "com.example.files.FilePerFire")))
        .containsOnly(Map.entry("file", Set.of("path", "fsync")));
  }

  @Test
  void appendsALineForEachFire() throws Exception {
    Path file = temp.resolve("fires.tsv");
    try (BatchCallback callback = types.create(settings("file", Map.of("path", file.toString())))) {
      List<Delivery> batch = Deliveries.of("one", "two\tand\nmore");
      assertThat(Reported.on(callback, batch).delivered()).hasSize(2);
      assertThat(Reported.on(callback, Deliveries.of("three")).delivered()).hasSize(1);
    }
    assertThat(Files.readAllLines(file))
        .hasSize(3)
        .first()
        .isEqualTo(
            String.join(
                "\t",
                "1@2026-11-20T10:00:00Z",
                "1",
                "Action1",
                "2026-11-20T10:00:00Z",
                "2026-11-20T10:00:00Z",
                "schedule",
                "0",
                "",
                "",
                "1",
                "one"));
    assertThat(Files.readAllLines(file).get(1)).endsWith("\ttwo and more");
  }

  @Test
  void aPlainClassIsGivenItsSettingsAndOneFireAtATime() throws Exception {
    Path folder = Files.createDirectory(temp.resolve("out"));
    try (BatchCallback callback =
        types.create(
            settings(
                "com.example.files.FilePerFire",
                Map.of("folder", folder.toString(), "max_concurrent", "4")))) {
      assertThat(callback.batchSize()).isEqualTo(1);
      assertThat(callback.concurrency()).isEqualTo(4);
      Reported.on(callback, Deliveries.of("one"));
      Reported.on(callback, Deliveries.of("one")); // again: the same fire
    }
    assertThat(folder).isDirectoryContaining("glob:**1%402026-11-20T10%3A00%3A00Z.txt");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  private static CallbackSettings settings(String type, Map<String, String> values) {
    return new CallbackSettings("mine", type, "callbacks.mine", values);
  }
}
