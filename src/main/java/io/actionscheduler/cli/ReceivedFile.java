package io.actionscheduler.cli;

import io.actionscheduler.fire.FireId;
import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import io.actionscheduler.text.Quoted;
import io.actionscheduler.verify.Received;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A file of received fires: a fire id on each line, or a JSON object with it as fire_id. */
final class ReceivedFile {
  private final Shell shell;
  private final String name;

  /**
   * @param name {@code -} for standard input
   */
  ReceivedFile(Shell shell, String name) {
    this.shell = shell;
    this.name = name;
  }

  /**
   * @throws WrongUsage for any other line, since ignoring it would make the proof worthless
   */
  void readInto(Received received) throws WrongUsage {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(open(), StandardCharsets.UTF_8.newDecoder()), 1 << 16)) {
      long number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          received.add(read(line.strip(), number));
        }
      }
    } catch (NoSuchFileException e) {
      throw new WrongUsage(
          "--received " + name + ": no such file in " + Path.of("").toAbsolutePath());
    } catch (IOException e) {
      throw new WrongUsage("--received " + name + ": cannot be read as text in UTF-8: " + e);
    }
  }

  private InputStream open() throws IOException {
    return name.equals("-") ? shell.in() : Files.newInputStream(Path.of(name));
  }

  private FireId read(String line, long number) throws WrongUsage {
    return (line.startsWith("{") ? idOf(line) : Optional.of(line))
        .flatMap(FireId::parse)
        .orElseThrow(
            () ->
                new WrongUsage(
                    "--received "
                        + name
                        + ", line "
                        + number
                        + ": "
                        + Quoted.quote(line)
                        + " has no fire id; write one on each line, such as"
                        + " 7@2026-11-20T10:00:00Z, or a JSON object with fire_id"));
  }

  private static Optional<String> idOf(String json) {
    try {
      return Json.parse(json) instanceof Map<?, ?> object
              && object.get("fire_id") instanceof String id
          ? Optional.of(id)
          : Optional.empty();
    } catch (InvalidJson e) {
      return Optional.empty();
    }
  }
}
