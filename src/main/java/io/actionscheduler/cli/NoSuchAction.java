package io.actionscheduler.cli;

/** The table has no row of that id. */
final class NoSuchAction extends Exception {
  NoSuchAction(long id) {
    super("no action has the id " + id + "; \"actions list\" shows those that there are");
  }
}
