package io.actionscheduler.app.moving;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.app.view.InvalidInput;
import io.actionscheduler.text.InvalidYaml;
import io.actionscheduler.text.Yaml;
import io.actionscheduler.text.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Callbacks that are added to a file of settings. Every line that is there stays as it is:
 * comments, order, line ends.
 */
public final class SettingsEdit {
  private static final String SECTION = "callbacks:";
  private static final int CONTEXT = 2;

  private final Path file;
  private final List<String> before;
  private final String lineEnd;
  private final int at; // the number of lines before the new ones
  private final List<String> added;

  private SettingsEdit(Path file, String text, int at, List<String> added) {
    this.file = file;
    this.before = lines(text);
    this.lineEnd = text.contains("\r\n") ? "\r\n" : "\n";
    this.at = at;
    this.added = added;
  }

  /**
   * Adds {@code callbacks} to {@code file}.
   *
   * @throws InvalidInput where its section of callbacks cannot be added to without a change of what
   *     is there; the message has the lines to add
   * @throws IOException when the file is there and cannot be read
   */
  public static SettingsEdit of(Path file, Map<String, Map<String, Object>> callbacks)
      throws InvalidInput, IOException {
    requireNonNull(callbacks, "callbacks is null");
    String text = Files.exists(file) ? Files.readString(file) : "";
    List<String> lines = lines(text);
    int section = 0;
    while (section < lines.size() && !lines.get(section).startsWith(SECTION)) {
      section++;
    }
    SettingsEdit edit;
    if (section == lines.size()) {
      edit =
          new SettingsEdit(
              file, text, lines.size(), lines(Yaml.write(Map.of("callbacks", callbacks))));
    } else {
      int end = section + 1;
      int indent = 0;
      for (int i = end; i < lines.size() && !isNext(lines.get(i)); i++) {
        String line = lines.get(i);
        if (!line.isBlank() && line.startsWith(" ")) {
          end = i + 1;
          if (indent == 0 && !line.strip().startsWith("#")) {
            indent = line.length() - line.stripLeading().length();
          }
        }
      }
      String margin = " ".repeat(indent == 0 ? 2 : indent);
      edit =
          new SettingsEdit(
              file,
              text,
              end,
              lines(Yaml.write(callbacks)).stream().map(line -> margin + line).toList());
    }
    if (!edit.isSound(text, callbacks)) {
      throw new InvalidInput(
          file
              + ": callbacks: has no "
              + String.join(", ", callbacks.keySet())
              + "; nothing was written; add these lines to its callbacks, then run the command"
              + " again:\n"
              + Yaml.write(Map.of("callbacks", callbacks)));
    }
    return edit;
  }

  /** Whether a line begins the part after the section. */
  private static boolean isNext(String line) {
    return !line.isBlank() && !line.startsWith(" ") && !line.startsWith("#");
  }

  private static List<String> lines(String text) {
    return text.lines().toList();
  }

  /** Whether the changed file has all that it had, and the callbacks besides. */
  private boolean isSound(String text, Map<String, Map<String, Object>> callbacks) {
    try {
      Map<String, Object> expected = new LinkedHashMap<>(section(text));
      Map<String, Object> there = new LinkedHashMap<>();
      if (expected.get("callbacks") instanceof Map<?, ?> some) {
        some.forEach((name, value) -> there.put(name.toString(), value));
      }
      Map<?, ?> written = section(Yaml.write(Map.of("callbacks", callbacks)));
      ((Map<?, ?>) written.get("callbacks"))
          .forEach((name, value) -> there.put(name.toString(), value));
      expected.put("callbacks", there);
      return section(after()).equals(expected);
    } catch (InvalidYaml e) {
      return false; // the caller reports this with the lines to add; faults of the settings are
      // reported elsewhere
    }
  }

  private static Map<String, Object> section(String text) throws InvalidYaml {
    Optional<YamlNode> root = Yaml.parse(text);
    Map<String, Object> values = new LinkedHashMap<>();
    if (root.isPresent() && root.get().plain() instanceof Map<?, ?> map) {
      map.forEach((name, value) -> values.put(name.toString(), value));
    }
    return values;
  }

  private String after() {
    List<String> all = new ArrayList<>(before.subList(0, at));
    all.addAll(added);
    all.addAll(before.subList(at, before.size()));
    return String.join(lineEnd, all) + lineEnd;
  }

  /** The change as {@code diff -u} shows it. */
  public String diff() {
    int first = Math.max(0, at - CONTEXT);
    int last = Math.min(before.size(), at + CONTEXT);
    StringBuilder diff = new StringBuilder();
    diff.append("--- ").append(file).append("\n+++ ").append(file).append('\n');
    diff.append(
        "@@ -%d,%d +%d,%d @@\n"
            .formatted(
                last == first ? first : first + 1,
                last - first,
                first + 1,
                last - first + added.size()));
    before.subList(first, at).forEach(line -> diff.append(' ').append(line).append('\n'));
    added.forEach(line -> diff.append('+').append(line).append('\n'));
    before.subList(at, last).forEach(line -> diff.append(' ').append(line).append('\n'));
    return diff.toString();
  }

  /**
   * Writes the file, whole or not at all, with the rights that it has.
   *
   * @return the copy of what it was; empty where there was none
   * @throws IOException when it cannot be written; the file is as it was
   */
  public Optional<Path> apply() throws IOException {
    Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Path written = Files.createTempFile(real.getParent(), real.getFileName() + "-", ".new");
    try {
      Optional<Path> backup = Optional.empty();
      if (Files.exists(real)) {
        backup = Optional.of(free(real));
        Files.copy(real, backup.get(), StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(
            real, written, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
      }
      Files.writeString(written, after());
      Files.move(written, real, StandardCopyOption.ATOMIC_MOVE);
      return backup;
    } finally {
      Files.deleteIfExists(written);
    }
  }

  /**
   * Takes back {@link #apply}, whose copy is gone afterwards.
   *
   * @param backup that it gave
   * @throws IOException when the file cannot be written; it is as {@link #apply} left it
   */
  public void undo(Optional<Path> backup) throws IOException {
    Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    if (backup.isPresent()) {
      Files.move(backup.get(), real, StandardCopyOption.ATOMIC_MOVE);
    } else {
      Files.deleteIfExists(real);
    }
  }

  private static Path free(Path file) {
    Path backup = file.resolveSibling(file.getFileName() + ".bak");
    for (int i = 2; Files.exists(backup); i++) {
      backup = file.resolveSibling(file.getFileName() + ".bak" + i);
    }
    return backup;
  }
}
