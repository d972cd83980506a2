package io.actionscheduler.cli;

import io.actionscheduler.app.check.SettingsCheck;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.parts.ZoneSetup;
import io.actionscheduler.config.ConfigLoader;
import io.actionscheduler.config.InvalidConfig;
import io.actionscheduler.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options of every command; without a command, runs the scheduler. */
@Command(
    name = "action-scheduler",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    sortOptions = false,
    usageHelpWidth = 100,
    abbreviateSynopsis = true,
    header = {
      "Fires the rows of an action table on time, at callbacks such as Kafka or a webhook.",
      "Without a command it runs the scheduler."
    },
    descriptionHeading = "%n",
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  action-scheduler",
      "  action-scheduler --config /etc/action-scheduler.yaml validate",
      "  action-scheduler next --help",
      "",
      "Exit codes: 0 success, 1 failure, 2 wrong usage or settings."
    })
final class Globals implements Callable<Integer> {
  private static final Path DEFAULT_CONFIG = Path.of("config.yaml");

  private final Shell shell;

  @Option(
      names = "--config",
      scope = ScopeType.INHERIT,
      paramLabel = "FILE",
      description = "Settings; without it, config.yaml in the working folder.")
  private Path config;

  @Option(
      names = "--env-file",
      scope = ScopeType.INHERIT,
      paramLabel = "FILE",
      description = "Variables that take precedence over the settings; without it, .env.")
  private Path envFile;

  @Option(
      names = {"-q", "--quiet"},
      scope = ScopeType.INHERIT,
      description = "Without progress bars; in a pipe there are none anyway.")
  private boolean quiet;

  Globals(Shell shell) {
    this.shell = shell;
  }

  /** The settings, complete and checked. */
  Settings settings() throws InvalidConfig {
    Settings settings = read();
    ZoneSetup.apply(settings, shell.clock().instant());
    return settings;
  }

  /** The same, read again, without any effect on the process. */
  Settings read() throws InvalidConfig {
    try {
      return ConfigLoader.load(
          configFile(), envFile == null ? Path.of(".env") : envFile, shell.environment());
    } catch (InvalidConfig e) {
      throw SettingsCheck.completed(e, shell.clock()); // all problems are reported together
    }
  }

  /** Whether progress bars are wanted, where there is a terminal. */
  boolean showsProgress() {
    return !quiet;
  }

  Path configFile() {
    return config == null ? DEFAULT_CONFIG : config;
  }

  /** The parts that the settings name; the caller closes them. */
  Parts parts() throws InvalidConfig {
    return new Parts(settings(), shell.clock());
  }

  /** The same, of settings that were read already. */
  Parts parts(Settings settings) {
    return new Parts(settings, shell.clock());
  }

  /** The settings; empty where no file is named and the default one does not exist. */
  Optional<Settings> settingsIfAny() throws InvalidConfig {
    return config == null && Files.notExists(DEFAULT_CONFIG)
        ? Optional.empty()
        : Optional.of(settings());
  }

  @Override
  public Integer call() throws Exception {
    return new RunCommand(shell, this).call();
  }
}
