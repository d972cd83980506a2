package io.actionscheduler.cli;

import io.actionscheduler.action.ActionId;

/** No source has an action of that id. */
final class NoSuchAction extends Exception {
  NoSuchAction(ActionId id) {
    super("no action has the id " + id + "; \"actions list\" shows the ids");
  }
}
