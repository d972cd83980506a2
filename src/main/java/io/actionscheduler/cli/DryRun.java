package io.actionscheduler.cli;

import io.actionscheduler.action.Action;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.view.ActionList;
import io.actionscheduler.app.view.ChangePreview;
import io.actionscheduler.text.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows what a change of an action would do, instead of doing it. */
final class DryRun {
  private DryRun() {}

  /**
   * @param before empty for a new action
   */
  static void show(Shell shell, Parts parts, Optional<Action> before, Action after)
      throws Exception {
    List<Action> all = new ArrayList<>();
    new ActionList(parts, shell.err()::line).each(view -> view.action().ifPresent(all::add));
    Instant now = shell.clock().instant();
    Map<String, Object> preview =
        new ChangePreview(all, now).of(before, Optional.of(parts.calendars().kept(after, now)));
    shell.out().line(Json.write(preview));
    shell.err().line("nothing was changed");
  }
}
