package io.actionscheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What help texts and pages show is what happens. */
@Tag("time")
class ExamplesTest {
  private static final String END = "```"; // of a block
  private static final String PROGRAM = "action-scheduler ";

  private record Session(String command, List<String> output) {}

  static Stream<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
      return Stream.concat(
          Stream.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")),
          docs.filter(file -> file.toString().endsWith(".md")).sorted())
          .toList()
          .stream();
    }
  }

  static Stream<String> examplesOfHelpTexts() {
    CommandLine all = new Cli(shell()).commandLine(List.of(Subcommand.values()));
    List<String> examples = new ArrayList<>();
    collect(all, examples);
    return examples.stream();
  }

  private static Shell shell() {
    return new Shell(
        java.io.InputStream.nullInputStream(),
        Output.buffered(java.io.OutputStream.nullOutputStream()),
        Output.buffered(java.io.OutputStream.nullOutputStream()),
        java.util.Map.of(),
        java.time.InstantSource.fixed(Typed.NOW),
        java.util.OptionalInt::empty);
  }

  private static void collect(CommandLine line, List<String> examples) {
    for (String footer : line.getCommandSpec().usageMessage().footer()) {
      examples.addAll(commands(footer));
    }
    line.getSubcommands().values().forEach(sub -> collect(sub, examples));
  }

  /** The calls of this program in a line of a shell. */
  private static List<String> commands(String line) {
    List<String> commands = new ArrayList<>();
    String plain =
        line.replace("java -jar target/action-scheduler.jar", "action-scheduler")
            .replace("java -jar action-scheduler.jar", "action-scheduler")
            .replace("bin/action-scheduler", "action-scheduler");
    for (String part : plain.split(" \\| | && ")) {
      String command = part.replaceAll(" [<>]+ .*| *#.*", "").strip() + " ";
      if (command.startsWith(PROGRAM)) {
        commands.add(command.strip());
      }
    }
    return commands;
  }

  @Test
  void theReadmeListsEveryCommand() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    for (Subcommand command : Subcommand.values()) {
      assertThat(readme).containsPattern("\\| `" + command.word() + "( [a-z]+)?` \\|");
    }
  }

  @ParameterizedTest
  @MethodSource("examplesOfHelpTexts")
  void anExampleOfAHelpTextIsUnderstood(String example) {
    assertIsUnderstood(example);
  }

  private static void assertIsUnderstood(String example) {
    List<String> words = ShellWords.of(example);
    CommandLine all = new Cli(shell()).commandLine(List.of(Subcommand.values()));
    assertThatCode(() -> all.parseArgs(words.subList(1, words.size()).toArray(String[]::new)))
        .as(example)
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void theCommandsOfAPageAreUnderstoodAndItsSessionsAreWhatHappens(Path page, @TempDir Path folder)
      throws IOException {
    for (String line : blocks(page, "sh")) {
      commands(line).forEach(ExamplesTest::assertIsUnderstood);
    }
    Installation here = Installation.in(folder);
    if (page.endsWith("calendars.md")) { // whose sessions need the calendars that it shows
      List<String> lines = new ArrayList<>(blocks(page, "yaml"));
      lines.removeIf(END::equals);
      here.configToo(String.join("\n", lines) + "\n");
    }
    completeConfig(page)
        .ifPresent(text -> here.config(text.replace("database.db", here.database().toString())));
    for (Session session : sessions(blocks(page, "console"))) {
      List<String> words = ShellWords.of(session.command());
      String input = "";
      int pipe = words.indexOf("|");
      if (pipe > 0) {
        assertThat(words.get(0)).isEqualTo("echo");
        input = words.get(1) + "\n";
        words = words.subList(pipe + 1, words.size());
      }
      assertThat(words.get(0)).isEqualTo("action-scheduler");
      Typed typed = here.typeWith(input, words.subList(1, words.size()).toArray(String[]::new));
      if (words.contains("fire")) {
        assertThat(typed.err()).as(session.command()).contains("delivered");
      }
      assertThat(typed.lines()).as(session.command() + typed.err()).isEqualTo(session.output());
    }
  }

  /** The settings of a page whose sessions need their own: a block that begins with this name. */
  private static Optional<String> completeConfig(Path page) throws IOException {
    List<String> lines = blocks(page, "yaml");
    int begin = lines.indexOf("# config.yaml");
    if (begin < 0) {
      return Optional.empty();
    }
    List<String> text = lines.subList(begin, lines.size());
    int end = text.indexOf(END);
    return Optional.of(String.join("\n", text.subList(0, end)) + "\n");
  }

  private static List<Session> sessions(List<String> lines) {
    List<Session> sessions = new ArrayList<>();
    for (String line : lines) {
      if (line.equals(END)) {
        continue;
      }
      if (line.startsWith("$ ")) {
        sessions.add(new Session(line.substring(2), new ArrayList<>()));
      } else {
        sessions.get(sessions.size() - 1).output().add(line);
      }
    }
    return sessions;
  }

  private static List<String> blocks(Path page, String kind) throws IOException {
    List<String> lines = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(page)) {
      if (line.strip().startsWith("```")) {
        if (inside) {
          lines.add(END);
        }
        inside = line.strip().equals("```" + kind);
      } else if (inside) {
        lines.add(line);
      }
    }
    return lines;
  }
}
