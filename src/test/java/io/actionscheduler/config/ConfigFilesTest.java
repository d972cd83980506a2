package io.actionscheduler.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFilesTest {
  @TempDir Path folder;
  private Path config;
  private Path env;

  @BeforeEach
  void name() {
    config = folder.resolve("config.yaml");
    env = folder.resolve(".env");
  }

  private Settings load() throws InvalidConfig {
    return ConfigLoader.load(config, env, Map.of());
  }

  private String problem() {
    return catchThrowableOfType(InvalidConfig.class, this::load).getMessage();
  }

  @Test
  void bothFilesAreRead() throws Exception {
    Files.writeString(config, "\ufeff" + Config.ENOUGH);
    Files.writeString(env, "DEBUG=1\r\n");

    assertThat(load().debug()).isTrue();
    assertThat(load().origins())
        .contains(new Settings.Origin("debug", "1", env + ":1"))
        .contains(new Settings.Origin("action.callback", "stdout", config + ":3"));
  }

  @Test
  void aMissingEnvFileIsFine() throws Exception {
    Files.writeString(config, Config.ENOUGH);

    assertThat(load().debug()).isFalse();
  }

  @Test
  void aMissingConfigFileIsToldWithWhatToWriteIntoOne() throws Exception {
    String problem = problem();

    assertThat(problem)
        .startsWith(
            config
                + ": no such file in "
                + folder.toAbsolutePath()
                + "; write one, or name another with --config FILE; this is enough to begin:\n\n");
    String example = problem.substring(problem.indexOf("\n\n") + 2);
    assertThat(ConfigLoader.parse(example, "", Map.of()).writeSampleActions()).isTrue();
  }

  @Test
  void aFolderIsNoFile() throws IOException {
    Files.createDirectory(config);
    Files.createDirectory(env);

    assertThat(problem())
        .isEqualTo(
            config
                + ": is a folder; a file is expected\n"
                + env
                + ": is a folder; a file is expected");
  }

  @Test
  void textThatIsNotUtf8IsTold() throws IOException {
    Files.write(config, "environment: größe".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(problem()).isEqualTo(config + ": not text in UTF-8; save it as UTF-8");
  }

  @Test
  void aFileThatCannotBeSettingsIsNotReadWhole() throws IOException {
    Files.write(config, new byte[17 * 1024 * 1024]);

    assertThat(problem()).isEqualTo(config + ": larger than 16 MiB: no file of settings");
  }

  @Test
  void aBinaryFileIsTold() throws IOException {
    Files.write(config, new byte[] {'S', 'Q', 'L', 0, 1, 2});

    assertThat(problem()).startsWith(config + ": not YAML that can be read: special characters");
  }
}
