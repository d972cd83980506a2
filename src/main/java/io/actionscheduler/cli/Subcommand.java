package io.actionscheduler.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;

/** All commands, in the order of the help text. */
enum Subcommand {
  RUN("run"),
  STATUS("status"),
  CLUSTER("cluster"),
  RELOAD("reload"),
  VALIDATE("validate"),
  NEXT("next"),
  ZONES("zones"),
  EXPLAIN("explain"),
  WHY("why"),
  ACTIONS("actions"),
  FIRE("fire"),
  BACKLOG("backlog"),
  BACKFILL("backfill"),
  HISTORY("history"),
  VERIFY("verify"),
  PROGRESS("progress"),
  DB("db"),
  KEY("key"),
  COMPLETION("completion");

  private static final Set<String> WITH_VALUE = Set.of("--config", "--env-file");

  private final String word;

  Subcommand(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  /** A new one: an annotated command, or a command line with commands of its own. */
  CommandLine make(Shell shell, Globals globals) {
    return switch (this) {
      case RUN -> new CommandLine(new RunCommand(shell, globals));
      case STATUS -> new CommandLine(new StatusCommand(shell, globals));
      case CLUSTER -> ClusterCommand.line(shell, globals);
      case RELOAD -> new CommandLine(new ReloadCommand(shell, globals));
      case VALIDATE -> new CommandLine(new ValidateCommand(shell, globals));
      case NEXT -> new CommandLine(new NextCommand(shell, globals));
      case ZONES -> new CommandLine(new ZonesCommand(shell, globals));
      case EXPLAIN -> new CommandLine(new ExplainCommand(shell, globals));
      case WHY -> new CommandLine(new WhyCommand(shell, globals));
      case ACTIONS -> ActionsCommand.line(shell, globals);
      case FIRE -> new CommandLine(new FireCommand(shell, globals));
      case BACKLOG -> BacklogCommand.line(shell, globals);
      case BACKFILL -> new CommandLine(new BackfillCommand(shell, globals));
      case HISTORY -> new CommandLine(new HistoryCommand(shell, globals));
      case VERIFY -> new CommandLine(new VerifyCommand(shell, globals));
      case PROGRESS -> ProgressCommand.line(shell, globals);
      case DB -> DbCommand.line(shell, globals);
      case KEY -> KeyCommand.line(shell, globals);
      case COMPLETION -> new CommandLine(new CompletionCommand(shell, globals));
    };
  }

  /**
   * The commands that {@code arguments} may mean, since building each takes time: the named ones,
   * none where only settings are given, all where help is needed.
   */
  static List<Subcommand> mentionedIn(List<String> arguments) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (WITH_VALUE.contains(argument)) {
        i++; // its value is not the name of a command
      } else if (!WITH_VALUE.contains(argument.substring(0, Math.max(0, argument.indexOf('='))))) {
        words.add(argument);
      }
    }
    List<Subcommand> named = new ArrayList<>();
    for (Subcommand command : values()) {
      if (words.contains(command.word)) {
        named.add(command);
      }
    }
    return named.isEmpty() && !words.isEmpty() ? List.of(values()) : named;
  }
}
