package io.actionscheduler.callback.process;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.callback.common.EnvironmentSettings;
import io.actionscheduler.callback.common.RunningOutputs;
import io.actionscheduler.template.Field;
import io.actionscheduler.text.Secrets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the settings of the command for each fire. */
final class ProcessSettings {
  private static final Logger log = LoggerFactory.getLogger(ProcessSettings.class);

  static final Set<String> KEYS =
      Set.of(
          "command",
          "command.*",
          "working_directory",
          "environment.*",
          "input",
          "inherit_environment",
          "timeout",
          "kill_after",
          "permanent_exit_codes",
          "permanent_exit_codes.*");

  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "\\{((?:json:)?(?:"
              + String.join("|", Field.keys())
              + "|parameters)(?:[.|][^{}\\s]*)?)\\}");

  private ProcessSettings() {}

  static BatchCallback callback(CallbackSettings settings, RunningOutputs outputs)
      throws InvalidSetting {
    Command command =
        new Command(
            arguments(settings),
            folder(settings),
            EnvironmentSettings.of(settings),
            tellsAll(settings),
            settings.flag("inherit_environment", false),
            new Command.Limits(
                settings.span("timeout", Duration.ofHours(1), Duration.ofDays(365)),
                settings.span("kill_after", Duration.ofSeconds(5), Duration.ofHours(1)),
                permanent(settings)));
    warnOfLostLetters(settings);
    return new ProcessCallback(
        settings.name(), command, outputs, settings.number("max_concurrent", 20, 1, 10_000));
  }

  private static List<String> arguments(CallbackSettings settings) throws InvalidSetting {
    String key = settings.prefix() + ".command";
    String remedy =
        "write a list of the program and its arguments, such as [python3, report.py]; no shell"
            + " reads it";
    Optional<String> one = Optional.ofNullable(settings.values().get("command"));
    if (one.isPresent() && one.get().strip().contains(" ")) {
      throw new InvalidSetting(key + ": \"" + one.get() + "\" is one text; " + remedy);
    }
    List<String> arguments =
        one.isPresent() ? List.of(one.get().strip()) : settings.list("command");
    if (arguments.isEmpty() || arguments.get(0).isBlank()) {
      throw new InvalidSetting(key + ": required, and not set; " + remedy);
    }
    for (String argument : arguments) {
      if (argument.indexOf('\0') >= 0) {
        throw new InvalidSetting(key + ": holds a NUL character, which no argument can");
      }
      refusePlaceholder(key, argument);
    }
    return arguments;
  }

  /** Refuses placeholders: values of a fire in a command could change its meaning. */
  private static void refusePlaceholder(String key, String argument) throws InvalidSetting {
    Matcher found = PLACEHOLDER.matcher(argument);
    if (found.find()) {
      Optional<Field> field = Field.of(found.group(1));
      throw new InvalidSetting(
          key
              + ": "
              + Secrets.quote("", argument)
              + " holds "
              + found.group()
              + ", and no value of a fire gets into a command; it is in the variable "
              + field.map(Variables::name).orElse("PARAMETER_…, one for each parameter,")
              + (field.isPresent() ? "" : " and on standard input as JSON")
              + "; if the braces are meant as they are, put blanks into them: { "
              + found.group(1)
              + " }");
    }
  }

  private static Optional<Path> folder(CallbackSettings settings) throws InvalidSetting {
    Optional<String> written = settings.text("working_directory").map(String::strip);
    if (written.isEmpty()) {
      return Optional.empty();
    }
    try {
      Path folder = Path.of(written.get());
      if (Files.isDirectory(folder)) {
        return Optional.of(folder);
      }
    } catch (InvalidPathException e) {
      // reported below, with what is allowed
    }
    throw settings.invalid("working_directory", written.get(), "an existing folder");
  }

  private static boolean tellsAll(CallbackSettings settings) throws InvalidSetting {
    String input = settings.text("input").orElse("parameters").strip();
    return switch (input) {
      case "parameters" -> false;
      case "everything" -> true;
      default -> throw settings.invalid("input", input, "parameters or everything");
    };
  }

  /** The JDK writes variables in the system's encoding, and ? for letters that this lacks. */
  private static void warnOfLostLetters(CallbackSettings settings) {
    String encoding = System.getProperty("native.encoding", "UTF-8");
    if (!encoding.equalsIgnoreCase("UTF-8")) {
      log.warn(
          "{}: the system's encoding is {}, so processes get ? for other letters in their"
              + " environment; start the scheduler with LANG=C.UTF-8. Standard input is not"
              + " affected",
          settings.prefix(),
          encoding);
    }
  }

  private static Set<Integer> permanent(CallbackSettings settings) throws InvalidSetting {
    Set<Integer> codes = new HashSet<>();
    for (String written : settings.list("permanent_exit_codes")) {
      String code = written.strip();
      if (!code.matches("[1-9][0-9]{0,2}") || Integer.parseInt(code) > 255) {
        throw settings.invalid("permanent_exit_codes", written, "exit codes from 1 to 255");
      }
      codes.add(Integer.parseInt(code));
    }
    return codes;
  }
}
