package io.actionscheduler.cli;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: runs the command of the arguments and gives its exit code. */
public final class Cli {
  /** The command succeeded. */
  public static final int FINE = 0;

  /** The command failed. */
  public static final int FAILED = 1;

  /** Wrong usage, or settings that cannot be used. */
  public static final int WRONG_USAGE = 2;

  /** The character that Java puts in place of a byte that it cannot decode. */
  private static final char LOST = '\ufffd';

  private static final long BYTES_PER_MEGABYTE = 1 << 20;

  private final Shell shell;

  public Cli(Shell shell) {
    this.shell = requireNonNull(shell, "shell is null");
  }

  /** Runs the command of {@code arguments}; gives its exit code. */
  public int execute(String... arguments) {
    for (String argument : arguments) {
      if (argument.indexOf(LOST) >= 0) {
        shell.err().line("an argument has characters that the locale lacks; set LC_ALL=C.UTF-8");
        return WRONG_USAGE;
      }
    }
    try {
      int code = commandLine(Subcommand.mentionedIn(List.of(arguments))).execute(arguments);
      shell.out().flush();
      shell.err().flush();
      return code;
    } catch (Output.Closed e) {
      return FAILED; // the reader closed the stream: nobody would read the message
    } catch (OutOfMemoryError e) { // what was in the making is free by now
      long megabytes = Runtime.getRuntime().maxMemory() / BYTES_PER_MEGABYTE;
      shell
          .err()
          .line(
              "not enough memory: "
                  + megabytes
                  + " MiB are too little for this command and its input; allow more, for example with java -Xmx"
                  + 4 * megabytes
                  + "m -jar …, or divide the input");
      return FAILED;
    }
  }

  /** The given commands below {@code action-scheduler}. */
  CommandLine commandLine(List<Subcommand> commands) {
    Globals globals = new Globals(shell);
    CommandLine line = new CommandLine(globals);
    commands.forEach(command -> line.addSubcommand(command.make(shell, globals)));
    line.setExpandAtFiles(false); // @daily is not a file
    line.setOut(shell.out().printer());
    line.setErr(shell.err().printer());
    line.setParameterExceptionHandler((e, arguments) -> wrongUsage(e));
    line.setExecutionExceptionHandler((e, failed, parsed) -> Failure.tell(e, shell.err()));
    return line;
  }

  private int wrongUsage(ParameterException e) {
    shell.err().line(DisplayText.safe(e.getMessage()));
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> meant = belowOthers(e.getCommandLine(), unmatched.getUnmatched().get(0));
      meant = meant.isEmpty() ? unmatched.getSuggestions() : meant;
      if (!meant.isEmpty()) {
        shell.err().line("did you mean " + String.join(", ", meant) + "?");
      }
    }
    shell.err().line("see " + e.getCommandLine().getCommandSpec().qualifiedName() + " --help");
    return WRONG_USAGE;
  }

  /** Commands of that name below other commands: for {@code list}, {@code actions list}. */
  private static List<String> belowOthers(CommandLine line, String word) {
    List<String> found = new ArrayList<>();
    line.getSubcommands()
        .forEach(
            (name, command) -> {
              if (command.getSubcommands().containsKey(word)) {
                found.add(name + " " + word);
              }
            });
    return found;
  }
}
