package io.actionscheduler.cli;

import io.actionscheduler.action.Action;
import io.actionscheduler.app.manual.ManualDelivery;
import io.actionscheduler.app.manual.ManualFire;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.view.InputText;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Delivers the scheduled times of a past period again. */
@Command(
    name = "backfill",
    header = "Deliver the scheduled times of a past period again, by hand.",
    description = {
      "The times are those of the schedule that the action has now. Each fire has its scheduled",
      "time, the cause backfill, and an id of its own: <id>@<time>#<number of this command>.",
      "Delivers from this process, in order, one after the other. Progress does not change,",
      "and a scheduler may run or not. Failures are shown, not retried; the command ends",
      "when a target is unavailable."
    },
    footer = {
      "  action-scheduler backfill 7 --from 2026-11-01 --to 2026-11-02",
      "  action-scheduler backfill 7 --from 2026-11-01T00:00:00Z --to 2026-11-08T00:00:00Z --yes"
    })
final class BackfillCommand implements Callable<Integer> {
  private static final long MANY = 1_000;

  private final Shell shell;
  private final Globals globals;

  @Parameters(paramLabel = "ID", description = "Id of the action.")
  private String id;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "TIME",
      description = "The first scheduled time that counts.")
  private String from;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "TIME",
      description = "End of the period, which is not included. Not in the future.")
  private String to;

  @Option(names = "--yes", description = "Deliver even more than " + MANY + " fires.")
  private boolean yes;

  BackfillCommand(Shell shell, Globals globals) {
    this.shell = shell;
    this.globals = globals;
  }

  @Override
  public Integer call() throws Exception {
    try (Parts parts = globals.parts()) {
      ZoneId zone = parts.settings().timezone();
      Instant begin = InputText.time("--from", from, zone);
      Instant end = InputText.time("--to", to, zone);
      if (!begin.isBefore(end)) {
        throw new WrongUsage("--from " + begin + " is not before --to " + end);
      }
      if (end.isAfter(shell.clock().instant())) {
        throw new WrongUsage("--to " + end + " is in the future; those times fire by themselves");
      }
      Optional<Action> action = HandFired.action(shell, parts, id);
      if (action.isEmpty()) {
        return Cli.FAILED;
      }
      long fires = ManualFire.count(action.get(), begin, end);
      if (fires > MANY && !yes) {
        throw new WrongUsage(fires + " fires in this period; add --yes to deliver all of them");
      }
      ManualFire hand = new ManualFire(parts);
      ManualFire.Backfilled done;
      boolean isShown = globals.showsProgress() && !printsToTerminal(action.get(), parts);
      try (LongWork work = LongWork.begin(shell, "backfill", isShown, fires)) {
        done = hand.backfill(action.get(), begin, end, result -> tell(result, work));
      }
      HandFired.unrecorded(shell, hand.unrecorded());
      shell.err().line(sum(done, fires));
      return done.isGood() ? Cli.FINE : Cli.FAILED;
    }
  }

  /** Whether the fires themselves are printed where the bar would be. */
  private boolean printsToTerminal(Action action, Parts parts) {
    return action.policy().callbacks().stream()
            .map(parts.settings().callbacks()::get)
            .anyMatch(named -> named != null && named.type().equals("stdout"))
        && shell.width().get().isPresent();
  }

  private static void tell(ManualDelivery.Result result, LongWork work) {
    result.answers().stream()
        .filter(answer -> !answer.isDelivered())
        .forEach(answer -> work.print(HandFired.line(result, answer)));
    work.step();
  }

  private String sum(ManualFire.Backfilled done, long fires) {
    return "backfill of action "
        + id
        + ": "
        + done.delivered()
        + " of "
        + fires
        + " delivered, "
        + done.failed()
        + " failed"
        + done.stoppedAt()
            .map(
                at ->
                    "; stopped, continue with --from " + at + " when the target is available again")
            .orElse("");
  }
}
