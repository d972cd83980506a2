package io.actionscheduler.api;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.edit.ForeignChange;
import io.actionscheduler.fire.Change;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records changes that other programs made in the table, when they are noticed. Changes by the API
 * and by commands have a record already, which names who made them.
 */
final class ForeignChanges {
  private static final Logger LOG = LoggerFactory.getLogger(ForeignChanges.class);
  private static final int MOST_AT_ONCE = 1_000;

  private final Store store;
  private final Duration recent;
  private final Map<ActionId, Instant> own = new HashMap<>(); // not noticed yet, and when made
  private List<Action> known; // null before the first look

  /**
   * @param recent how old a record may be that belongs to a change which is noticed now
   */
  ForeignChanges(Store store, Duration recent) {
    this.store = store;
    this.recent = recent;
  }

  /** This program changes {@code action} itself, and keeps who did it. */
  synchronized void isOwn(ActionId action, Instant at) {
    own.put(action, at);
  }

  /** Looks at the actions in force, in ascending order of their ids. */
  synchronized void look(List<Action> now, Instant at) {
    own.values().removeIf(made -> made.isBefore(at.minus(recent))); // it left the action as it was
    if (known == null || known == now) {
      known = now;
      return;
    }
    List<Change> changes = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < known.size() || j < now.size()) {
      if (i < known.size() && j < now.size() && known.get(i) == now.get(j)) {
        i++; // as nearly all are
        j++;
        continue;
      }
      int order = order(i < known.size() ? known.get(i) : null, j < now.size() ? now.get(j) : null);
      if (order < 0) {
        add(changes, known.get(i++), null, at);
      } else if (order > 0) {
        add(changes, null, now.get(j++), at);
      } else {
        Action before = known.get(i++);
        Action after = now.get(j++);
        if (before != after && !before.equals(after)) {
          add(changes, before, after, at);
        }
      }
    }
    known = now;
    keep(changes, at);
  }

  private static int order(Action before, Action after) {
    if (before == null || after == null) {
      return before == null ? 1 : -1;
    }
    return before.id().compareTo(after.id());
  }

  private void add(List<Change> changes, Action before, Action after, Instant at) {
    ActionId id = before == null ? after.id() : before.id();
    boolean isOwn = own.remove(id) != null;
    if (isOwn || changes.size() >= MOST_AT_ONCE) {
      return;
    }
    changes.add(ForeignChange.of(Optional.ofNullable(before), Optional.ofNullable(after), at));
  }

  private void keep(List<Change> changes, Instant at) {
    try {
      ForeignChange.keep(store, changes, at.minus(recent));
    } catch (StoreException e) {
      LOG.warn("{} changes of other programs are not recorded: {}", changes.size(), e.getMessage());
    }
  }
}
