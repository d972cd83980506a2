package io.actionscheduler.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import picocli.CommandLine;

/** The commands that there are, in the order of the help text. */
enum Subcommand {
  RUN("run", RunCommand::new),
  VALIDATE("validate", ValidateCommand::new),
  NEXT("next", NextCommand::new),
  ZONES("zones", ZonesCommand::new),
  EXPLAIN("explain", ExplainCommand::new),
  ACTIONS("actions", ActionsCommand::line),
  FIRE("fire", FireCommand::new),
  BACKFILL("backfill", BackfillCommand::new),
  HISTORY("history", HistoryCommand::new),
  VERIFY("verify", VerifyCommand::new),
  PROGRESS("progress", ProgressCommand::line),
  DB("db", DbCommand::line),
  KEY("key", KeyCommand::line),
  COMPLETION("completion", CompletionCommand::new);

  private static final Set<String> WITH_VALUE = Set.of("--config", "--env-file");

  private final String word;
  private final BiFunction<Shell, Globals, Object> maker;

  Subcommand(String word, BiFunction<Shell, Globals, Object> maker) {
    this.word = word;
    this.maker = maker;
  }

  String word() {
    return word;
  }

  /** A new one: an annotated command, or a command line with commands of its own. */
  CommandLine make(Shell shell, Globals globals) {
    Object made = maker.apply(shell, globals);
    return made instanceof CommandLine line ? line : new CommandLine(made);
  }

  /**
   * Those that {@code arguments} may mean, since each costs time to build: the ones named, none
   * where only settings are given, all where help is needed.
   */
  static List<Subcommand> mentionedIn(List<String> arguments) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (WITH_VALUE.contains(argument)) {
        i++; // its value is no word
      } else if (WITH_VALUE.stream().noneMatch(option -> argument.startsWith(option + "="))) {
        words.add(argument);
      }
    }
    List<Subcommand> named =
        Arrays.stream(values()).filter(command -> words.contains(command.word)).toList();
    return named.isEmpty() && !words.isEmpty() ? List.of(values()) : named;
  }
}
