package io.actionscheduler.cli;

import io.actionscheduler.app.ActionView;
import io.actionscheduler.app.FireByHand;
import io.actionscheduler.app.Parts;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.source.ActionRow;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Fires an action by hand. */
@Command(
    name = "fire",
    header = "Fire an action now, once, by hand.",
    description = {
      "Delivers from this process to the callbacks of the action, whether it is enabled or not.",
      "Its progress stays as it is, so that its schedule goes on as if nothing had happened; it",
      "does not matter whether a scheduler runs. A failure is told and not tried again."
    },
    footer = "  action-scheduler fire 7")
final class FireCommand implements Callable<Integer> {
  private final Shell shell;
  private final Globals globals;

  @Parameters(paramLabel = "ID", description = "Id of the action.")
  private long id;

  FireCommand(Shell shell, Globals globals) {
    this.shell = shell;
    this.globals = globals;
  }

  @Override
  public Integer call() throws Exception {
    try (Parts parts = globals.parts()) {
      ActionRow row = parts.table().find(id).orElseThrow(() -> new NoSuchAction(id));
      ActionView view = ActionView.of(row, parts.rowReader(), shell.clock().instant());
      if (view.action().isEmpty()) {
        shell.err().line(row.label() + ": " + view.problem());
        return Cli.FAILED;
      }
      FireByHand.Result result = new FireByHand(parts).fire(view.action().get());
      for (FireByHand.Answer answer : result.answers()) {
        shell.err().line(DisplayText.safe(line(result, answer)));
      }
      return result.isDelivered() ? Cli.FINE : Cli.FAILED;
    }
  }

  private static String line(FireByHand.Result result, FireByHand.Answer answer) {
    return "fire "
        + result.fire().id()
        + " at "
        + answer.callback()
        + ": "
        + answer
            .failure()
            .map(failure -> kind(failure) + ": " + failure.getMessage())
            .orElse("delivered");
  }

  private static String kind(CallbackException failure) {
    String kind =
        switch (failure.kind()) {
          case AWAY -> "the target cannot be reached";
          case REFUSED -> "refused";
          case PERMANENT -> "refused for good";
        };
    return kind + (failure.outcomeUnknown() ? " (it may have got through)" : "");
  }
}
