package io.actionscheduler.engine.run;

import io.actionscheduler.fire.HeldBacklog;
import io.actionscheduler.fire.OpenFire;

/**
 * What few actions have at a time: for all others, one reference says that there is none of it.
 *
 * @param sibling the same action at a further callback, or null
 * @param open attempted and not settled, or null
 * @param beside null where fires do not overlap
 * @param pendingEdit null for none; nothing new starts meanwhile
 */
record RareParts(
    ActionProgress sibling,
    OpenFire open,
    FiresBeside beside,
    HeldBacklog backlog,
    PendingEdit pendingEdit) {
  static final RareParts NONE = new RareParts(null, null, null, HeldBacklog.NONE, null);

  RareParts with(ActionProgress sibling) {
    return of(sibling, open, beside, backlog, pendingEdit);
  }

  RareParts with(OpenFire open) {
    return open == this.open ? this : of(sibling, open, beside, backlog, pendingEdit);
  }

  RareParts with(FiresBeside beside) {
    return of(sibling, open, beside, backlog, pendingEdit);
  }

  RareParts with(HeldBacklog backlog) {
    return of(sibling, open, beside, backlog, pendingEdit);
  }

  RareParts with(PendingEdit pendingEdit) {
    return of(sibling, open, beside, backlog, pendingEdit);
  }

  private static RareParts of(
      ActionProgress sibling,
      OpenFire open,
      FiresBeside beside,
      HeldBacklog backlog,
      PendingEdit pendingEdit) {
    boolean isNone =
        sibling == null
            && open == null
            && beside == null
            && backlog == HeldBacklog.NONE
            && pendingEdit == null;
    return isNone ? NONE : new RareParts(sibling, open, beside, backlog, pendingEdit);
  }
}
