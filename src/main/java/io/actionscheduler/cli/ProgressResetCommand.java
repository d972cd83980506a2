package io.actionscheduler.cli;

import io.actionscheduler.app.manual.ProgressReset;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.view.InputText;
import io.actionscheduler.app.view.InvalidInput;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.text.IsoTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sets how far actions are settled. */
@Command(
    name = "reset",
    header = "Settle everything up to now, or up to another time.",
    description = {
      "Corrects progress that is ahead of the clock, and drops a backlog. Retries end.",
      "With a time in the past, fires scheduled since then count as missed: at the next",
      "start they are delivered or expire as the rows say, even if they were delivered",
      "before.",
      "The scheduler must not run: stop it first."
    },
    footer = {
      "  action-scheduler progress reset 7",
      "  action-scheduler progress reset --all",
      "  action-scheduler progress reset 7 --to 2026-11-20T03:00:00Z"
    })
final class ProgressResetCommand implements Callable<Integer> {
  private final Shell shell;
  private final Globals globals;

  @Parameters(arity = "0..*", paramLabel = "ID", description = "Ids of the actions.")
  private List<String> ids = List.of();

  @Option(names = "--all", description = "Every action.")
  private boolean all;

  @Option(names = "--to", paramLabel = "TIME", description = "Without it, now.")
  private String to;

  ProgressResetCommand(Shell shell, Globals globals) {
    this.shell = shell;
    this.globals = globals;
  }

  @Override
  public Integer call() throws Exception {
    ActionIds.requireSomeOrAll(ids, all);
    try (Parts parts = globals.parts()) {
      ZoneId zone = parts.settings().timezone();
      Set<String> missing = new TreeSet<>(ids);
      List<Progress> reset =
          new ProgressReset(DurableStore.of(parts), parts.crons())
              .run(action -> all || ids.contains(action.text()), at(zone));
      for (Progress progress : reset) {
        missing.remove(progress.key().action().text());
        shell
            .out()
            .line(
                "action "
                    + progress.key().action()
                    + " at "
                    + DisplayText.safe(progress.key().callback())
                    + ": settled until "
                    + IsoTime.text(progress.settledUntil(), zone));
      }
      missing.forEach(id -> shell.err().line("no progress is stored of action " + id));
      return missing.isEmpty() ? Cli.FINE : Cli.FAILED;
    }
  }

  private Instant at(ZoneId zone) throws InvalidInput {
    return to == null ? shell.clock().instant() : InputText.time("--to", to, zone);
  }
}
