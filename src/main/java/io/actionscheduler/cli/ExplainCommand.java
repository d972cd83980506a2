package io.actionscheduler.cli;

import io.actionscheduler.app.parts.CronReaders;
import io.actionscheduler.app.view.Explanation;
import io.actionscheduler.config.Settings;
import io.actionscheduler.schedule.InstantText;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.schedule.ZoneText;
import io.actionscheduler.text.CronReader;
import io.actionscheduler.text.IsoTime;
import io.actionscheduler.text.Json;
import io.actionscheduler.text.Quoted;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Explains a schedule in words, and how other programs read the same text. */
@Command(
    name = "explain",
    header = "Say in words what a schedule means, and how other programs read the same text.",
    description = {
      "No settings are needed; if there is a config.yaml, its timezone and",
      "schedules.unix_dialect are used. The exit code is 1 if it is not a valid schedule",
      "here."
    },
    footer = {
      "  action-scheduler explain '0 9 */2 * MON'",
      "  action-scheduler explain '0 9 13 * 5' --timezone Europe/Berlin --json"
    })
final class ExplainCommand implements Callable<Integer> {
  private final Shell shell;
  private final Globals globals;

  @Parameters(paramLabel = "CRON", description = "A schedule in any form, as one argument.")
  private String cron;

  @Option(
      names = "--timezone",
      paramLabel = "ZONE",
      description = "Zone of a schedule that names none; without it, that of the settings.")
  private String timezone;

  @Option(
      names = "--after",
      paramLabel = "TIME",
      description = "Shows times after this one; without it, after now.")
  private String after;

  @Option(names = "--json", description = "A JSON object.")
  private boolean json;

  ExplainCommand(Shell shell, Globals globals) {
    this.shell = shell;
    this.globals = globals;
  }

  @Override
  public Integer call() throws Exception {
    Optional<Settings> settings = globals.settingsIfAny();
    CronReader crons =
        settings.map(CronReaders::of).orElseGet(() -> CronReaders.of(UnixDialect.CRONTAB));
    ZoneId zone = settings.map(Settings::timezone).orElseGet(ZoneId::systemDefault);
    Explanation explanation;
    try {
      zone = timezone == null ? zone : ZoneText.read("--timezone", timezone);
      Instant from =
          after == null ? shell.clock().instant() : InstantText.read("--after", after, zone);
      explanation = Explanation.of(cron, crons, zone, from);
    } catch (InvalidSchedule e) {
      throw new WrongUsage(e.getMessage());
    }
    if (json) {
      shell.out().line(Json.write(explanation.form()));
    } else {
      print(explanation);
    }
    return explanation.fault().isEmpty() ? Cli.FINE : Cli.FAILED;
  }

  private void print(Explanation explanation) {
    Output out = shell.out();
    explanation.fault().ifPresent(fault -> out.line("here: refused: " + fault));
    if (explanation.fault().isEmpty()) {
      out.line("here: " + explanation.words() + ", by the clock of " + explanation.zone());
      explanation.clockChanges().ifPresent(words -> out.line("  " + words));
      out.line("  next: " + times(explanation.next(), explanation.zone()));
    }
    if (!explanation.same().isEmpty()) {
      out.line("the same: " + String.join(", ", explanation.same()));
    }
    for (Explanation.Other other : explanation.others()) {
      out.line(
          other.title()
              + ": "
              + other
                  .refusal()
                  .map(reason -> "refuses it: " + Quoted.escape(reason))
                  .orElseGet(() -> times(explanation, other)));
    }
  }

  private static String times(Explanation explanation, Explanation.Other other) {
    if (other.next().isEmpty()) {
      return "never";
    }
    if (other.next().equals(explanation.next()) && other.differsAt().isPresent()) {
      return "differs at "
          + IsoTime.text(other.differsAt().get(), explanation.zone())
          + "; before that, the same";
    }
    return (explanation.fault().isEmpty() ? "differs: " : "takes it: ")
        + times(other.next(), explanation.zone());
  }

  private static String times(List<Instant> times, ZoneId zone) {
    return times.isEmpty()
        ? "never"
        : times.stream().map(at -> IsoTime.text(at, zone)).collect(Collectors.joining(", "));
  }
}
