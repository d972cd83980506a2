package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;
import java.time.Instant;
import java.util.Locale;

/**
 * A change of an action that somebody made.
 *
 * @param number of the record: later ones have larger numbers; 0 before it is kept
 * @param editor the name of a key, or of a user of this machine
 * @param via the way that it came
 * @param request the id of the request; empty where there is none
 * @param before the row as a JSON object; empty text where there was none
 * @param after the row as a JSON object; empty text where there is none any more
 */
public record Change(
    long number,
    ActionId action,
    Instant at,
    Kind kind,
    String editor,
    Via via,
    String request,
    String before,
    String after) {

  /** What was done to it. */
  public enum Kind {
    CREATED,
    CHANGED,
    REMOVED,
    /** What was to become of its fires that a start held; its row stayed as it was. */
    DECIDED;

    /** As it stands in answers: {@code created}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** By which way. */
  public enum Via {
    API,
    PAGE,
    COMMAND,
    /** The scheduler itself, as its settings say. */
    SCHEDULER,
    /** Somebody wrote to the table, and this program noticed it. */
    ANOTHER_PROGRAM;

    /** As it stands in answers: {@code another_program}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Change {
    requireNonNull(action, "action is null");
    requireNonNull(at, "at is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(editor, "editor is null");
    requireNonNull(via, "via is null");
    requireNonNull(request, "request is null");
    before = requireNonNull(before, "before is null").replace('\0', '\uFFFD');
    after = requireNonNull(after, "after is null").replace('\0', '\uFFFD');
  }
}
