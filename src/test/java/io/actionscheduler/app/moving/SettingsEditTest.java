package io.actionscheduler.app.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.app.view.InvalidInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsEditTest {
  private static final Map<String, Map<String, Object>> NEW =
      Map.of("crontab", Map.of("type", "process"));
  private static final String SETTINGS =
      """
      # mine
      callbacks:
          # prints
          print: {type: stdout}   # as ever

          mail:
              type: stdout
      # the rest
      timezone: UTC
      """;

  @TempDir Path folder;

  @Test
  void whatIsThereStaysAsItIs() throws Exception {
    Path file = file(SETTINGS);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    SettingsEdit edit = SettingsEdit.of(file, NEW);

    assertThat(edit.diff())
        .contains("@@ -6,4 +6,6 @@\n")
        .contains(
            "     mail:\n         type: stdout\n+    crontab:\n+      type: process\n # the rest\n");
    assertThat(Files.readString(file)).isEqualTo(SETTINGS);
    Path backup = edit.apply().orElseThrow();
    assertThat(Files.readString(backup)).isEqualTo(SETTINGS);
    assertThat(Files.readString(file))
        .isEqualTo(SETTINGS.replace("# the rest", "    crontab:\n      type: process\n# the rest"));
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
    assertThat(folder).isDirectoryNotContaining("glob:**.new");
  }

  @Test
  void backupsAreNeverOverwrittenAndLinksStayLinks() throws Exception {
    Path file = file("callbacks:\r\ntimezone: UTC\r\n");
    Path link = Files.createSymbolicLink(folder.resolve("link.yaml"), file);

    assertThat(SettingsEdit.of(link, NEW).apply()).hasValue(folder.resolve("config.yaml.bak"));
    assertThat(SettingsEdit.of(link, Map.of("b", Map.of("type", "stdout"))).apply())
        .hasValue(folder.resolve("config.yaml.bak2"));

    assertThat(link).isSymbolicLink();
    assertThat(Files.readString(file))
        .isEqualTo(
            "callbacks:\r\n  crontab:\r\n    type: process\r\n  b:\r\n    type: stdout\r\ntimezone: UTC\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "timezone: UTC", "timezone: UTC\n# end\n"})
  void aSectionThatIsMissingIsAddedAtTheEnd(String text) throws Exception {
    Path file = file(text);

    SettingsEdit.of(file, NEW).apply();

    assertThat(Files.readString(file))
        .startsWith(text)
        .endsWith("callbacks:\n  crontab:\n    type: process\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "callbacks: {print: {type: stdout}}\n",
        "callbacks: &all\n  print: {type: stdout}\nothers: *all\n",
        "callbacks: [\n",
        "callbacks:\n  crontab: {type: stdout}\n"
      })
  void whatCannotBeAddedToIsLeftToPeople(String text) throws Exception {
    Path file = file(text);

    assertThatThrownBy(() -> SettingsEdit.of(file, NEW))
        .isInstanceOf(InvalidInput.class)
        .hasMessageContaining("nothing was written; add these lines");
    assertThat(Files.readString(file)).isEqualTo(text);
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("config.yaml"), text);
  }
}
