package io.actionscheduler.source;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.Rejection;
import io.actionscheduler.action.Snapshot;
import io.actionscheduler.text.Quoted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a snapshot from rows in ascending order of their ids, and compares them with the previous
 * snapshot in the same order: unchanged actions stay the same objects, and no index of a million
 * actions is built.
 */
final class SnapshotBuilder {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotBuilder.class);

  private final RowReader reader;
  private final List<Action> last;
  private final ArrayList<Action> actions;
  private final List<Rejection> rejections = new ArrayList<>();
  private int at; // in last
  private boolean changed;
  private ActionRow waiting; // until the next row shows that the id is unique
  private long waitingId;
  private int alike;
  private int withoutId;

  SnapshotBuilder(RowReader reader, List<Action> last) {
    this.reader = reader;
    this.last = last;
    this.actions = new ArrayList<>(last.size() + 16);
  }

  void add(ActionRow row) {
    String text = row.raw(Column.ID);
    if (text == null) {
      withoutId++;
      return;
    }
    OptionalLong id = Values.whole(text);
    if (id.isEmpty()) {
      rejectId(text);
    } else if (waiting != null && waitingId == id.getAsLong()) {
      alike++;
    } else {
      flush();
      waiting = row;
      waitingId = id.getAsLong();
      alike = 1;
    }
  }

  /** The snapshot of the rows. */
  Snapshot finish(Instant readAt) {
    flush();
    if (withoutId > 0) {
      String rows = withoutId == 1 ? "a row has" : withoutId + " rows have";
      rejections.add(
          new Rejection(
              ActionId.NULL, "action NULL: id NULL: " + rows + " none; allowed are whole numbers"));
    }
    reader.settle();
    return snapshot(readAt);
  }

  /** The snapshot of single rows: the reader does not remove cached values of the others. */
  Snapshot finishSome(Instant readAt) {
    flush();
    return snapshot(readAt);
  }

  private Snapshot snapshot(Instant readAt) {
    actions.trimToSize();
    return new Snapshot(
        Collections.unmodifiableList(actions), Collections.unmodifiableList(rejections), readAt);
  }

  /** Whether {@code snapshot} differs from {@code before}, the previous one. */
  boolean isNews(Snapshot snapshot, Snapshot before) {
    return changed
        || actions.size() != last.size()
        || !snapshot.rejections().equals(before.rejections());
  }

  private void flush() {
    if (waiting == null) {
      return;
    }
    ActionId id = ActionId.of(waitingId);
    while (at < last.size() && last.get(at).id().compareTo(id) < 0) {
      at++;
    }
    Action before = at < last.size() && last.get(at).id().equals(id) ? last.get(at) : null;
    if (alike > 1) {
      rejections.add(
          new Rejection(
              id,
              "action "
                  + id
                  + ": "
                  + InvalidRow.ofShared(id.text(), alike + " rows").getMessage()));
    } else {
      try {
        Action action = reader.read(id, waiting, before);
        changed |= action != before;
        actions.add(action);
      } catch (InvalidRow e) {
        rejections.add(new Rejection(id, waiting.label() + ": " + e.getMessage()));
      } catch (RuntimeException e) {
        // A schedule format that throws an unexpected exception must not affect other actions.
        LOG.error("a defect while reading {}", waiting.label(), e);
        rejections.add(new Rejection(id, waiting.label() + ": a defect of this program: " + e));
      }
    }
    waiting = null;
  }

  private void rejectId(String text) {
    String shown = Quoted.escape(text.length() > 100 ? text.substring(0, 100) + "…" : text);
    InvalidRow fault = InvalidRow.ofShown(Column.ID, shown, Column.ID.allowed());
    rejections.add(
        new Rejection(new ActionId(shown), "action " + shown + ": " + fault.getMessage()));
  }
}
