package io.actionscheduler.config;

import io.actionscheduler.text.ActionRows;
import io.actionscheduler.text.InvalidYaml;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The sample actions with which an empty table is filled, if the settings ask for it. */
public final class SampleActions {
  private static final String FILE = "sample_actions.yaml";

  private SampleActions() {}

  /**
   * The rows of {@code sample_actions.yaml} next to the configuration, or else of the copy in the
   * program, by column.
   *
   * @throws InvalidConfig when the file cannot be read, or has something else than actions
   */
  public static List<Map<String, Object>> beside(Path configFile) throws InvalidConfig {
    Path file = configFile.resolveSibling(FILE);
    boolean own = !Files.exists(file);
    String name = own ? FILE + " (of the program)" : file.toString();
    try {
      return ActionRows.read(own ? fromTheProgram() : Files.readString(file));
    } catch (IOException e) {
      throw invalid(name, "can't be read: " + e);
    } catch (InvalidYaml e) {
      throw invalid(name, e.getMessage());
    }
  }

  private static String fromTheProgram() throws IOException {
    try (InputStream in = SampleActions.class.getResourceAsStream("/" + FILE)) {
      if (in == null) {
        throw new IOException("the program's jar holds no " + FILE);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static InvalidConfig invalid(String source, String message) {
    return new InvalidConfig(message.lines().map(line -> new Problem(source, "", line)).toList());
  }
}
