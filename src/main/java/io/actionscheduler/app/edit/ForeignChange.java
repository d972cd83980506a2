package io.actionscheduler.app.edit;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.view.ActionForm;
import io.actionscheduler.fire.Change;
import io.actionscheduler.fire.Change.Kind;
import io.actionscheduler.fire.Change.Via;
import io.actionscheduler.fire.ChangeStore;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.text.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes of rows that another program made, which nobody told of. */
public final class ForeignChange {
  private ForeignChange() {}

  /**
   * The record of a change that was noticed.
   *
   * @param before empty where the row was added
   * @param after empty where it was removed; at least one of both is there
   * @param at when it was noticed
   */
  public static Change of(Optional<Action> before, Optional<Action> after, Instant at) {
    ActionId id = before.or(() -> after).orElseThrow().id();
    Kind kind = before.isEmpty() ? Kind.CREATED : after.isEmpty() ? Kind.REMOVED : Kind.CHANGED;
    return new Change(
        0, id, at, kind, "unknown", Via.ANOTHER_PROGRAM, "", json(before), json(after));
  }

  private static String json(Optional<Action> action) {
    return action.map(one -> Json.write(ActionForm.of(ActionForm.row(one)))).orElse("");
  }

  /**
   * Stores those of {@code changes} that have no record yet which names who made them.
   *
   * @param since a record that is younger is of the change that was noticed
   * @throws StoreException when the store cannot be read or written
   */
  public static void keep(ChangeStore store, List<Change> changes, Instant since)
      throws StoreException {
    List<Change> unnamed = new ArrayList<>();
    for (Change change : changes) {
      boolean named =
          store.changes(Optional.of(change.action()), Long.MAX_VALUE, 1).stream()
              .anyMatch(latest -> latest.at().isAfter(since));
      if (!named) {
        unnamed.add(change);
      }
    }
    if (!unnamed.isEmpty()) {
      store.addChanges(unnamed);
    }
  }
}
