package io.actionscheduler.cli;

import io.actionscheduler.action.Action;
import io.actionscheduler.app.manual.ManualDelivery;
import io.actionscheduler.app.manual.ManualFire;
import io.actionscheduler.app.parts.Parts;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Fires an action by hand. */
@Command(
    name = "fire",
    header = "Fire an action now, once, by hand.",
    description = {
      "Delivers from this process to the callbacks of the action, whether it is enabled or",
      "not. Its progress does not change, so its schedule continues as before; a scheduler",
      "may run or not. A failure is shown, not retried."
    },
    footer = "  action-scheduler fire 7")
final class FireCommand implements Callable<Integer> {
  private final Shell shell;
  private final Globals globals;

  @Parameters(paramLabel = "ID", description = "Id of the action.")
  private String id;

  FireCommand(Shell shell, Globals globals) {
    this.shell = shell;
    this.globals = globals;
  }

  @Override
  public Integer call() throws Exception {
    try (Parts parts = globals.parts()) {
      Optional<Action> action = HandFired.action(shell, parts, id);
      if (action.isEmpty()) {
        return Cli.FAILED;
      }
      ManualFire hand = new ManualFire(parts);
      ManualDelivery.Result result = hand.fire(action.get());
      result.answers().forEach(answer -> shell.err().line(HandFired.line(result, answer)));
      HandFired.unrecorded(shell, hand.unrecorded());
      return result.isDelivered() ? Cli.FINE : Cli.FAILED;
    }
  }
}
