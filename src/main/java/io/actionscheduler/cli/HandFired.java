package io.actionscheduler.cli;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.SourceException;
import io.actionscheduler.app.manual.ManualDelivery;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.view.ActionView;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.source.ActionRow;
import java.util.Optional;

/** What the commands that fire by hand share: which action, and what became of it, as text. */
final class HandFired {
  private HandFired() {}

  /** The action of the table, or empty when its row cannot be understood: then that is told. */
  static Optional<Action> action(Shell shell, Parts parts, long id)
      throws SourceException, NoSuchAction {
    ActionRow row = parts.table().find(id).orElseThrow(() -> new NoSuchAction(id));
    ActionView view = ActionView.of(row, parts.rowReader(), shell.clock().instant());
    if (view.action().isEmpty()) {
      shell.err().line(row.label() + ": " + view.problem());
    }
    return view.action();
  }

  static String line(ManualDelivery.Result result, ManualDelivery.Answer answer) {
    return DisplayText.safe(
        "fire "
            + result.fire().id()
            + " at "
            + answer.callback()
            + ": "
            + answer
                .failure()
                .map(failure -> kind(failure) + ": " + failure.getMessage())
                .orElse("delivered"));
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

  static void unrecorded(Shell shell, Optional<String> why) {
    why.ifPresent(text -> shell.err().line(DisplayText.safe("not in the history: " + text)));
  }
}
