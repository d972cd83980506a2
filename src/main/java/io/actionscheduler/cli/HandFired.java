package io.actionscheduler.cli;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.SourceException;
import io.actionscheduler.app.manual.ManualDelivery;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.view.ActionList;
import io.actionscheduler.app.view.ActionView;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.fire.StoreException;
import java.util.Optional;

/** Shared by the commands for fires by hand: finds the action, and shows the result as text. */
final class HandFired {
  private HandFired() {}

  /** The action of that id; empty when its row cannot be understood, which is printed. */
  static Optional<Action> action(Shell shell, Parts parts, String text)
      throws SourceException, StoreException, NoSuchAction, WrongUsage {
    ActionId id = ActionIds.read(text);
    ActionView view =
        new ActionList(parts, shell.err()::line).find(id).orElseThrow(() -> new NoSuchAction(id));
    if (view.action().isEmpty()) {
      shell.err().line(view.fault());
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
          case UNAVAILABLE -> "the target is unavailable";
          case REFUSED -> "refused";
          case PERMANENT -> "refused permanently";
        };
    return kind + (failure.outcomeUnknown() ? " (it may have been delivered)" : "");
  }

  static void unrecorded(Shell shell, Optional<String> why) {
    why.ifPresent(text -> shell.err().line(DisplayText.safe("not in the history: " + text)));
  }
}
