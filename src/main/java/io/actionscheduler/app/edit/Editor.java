package io.actionscheduler.app.edit;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.fire.Change;

/**
 * Who changes an action.
 *
 * @param name of a key, or of a user of this machine
 * @param request the id of the request; empty where there is none
 */
public record Editor(String name, Change.Via via, String request) {
  public Editor {
    requireNonNull(name, "name is null");
    requireNonNull(via, "via is null");
    requireNonNull(request, "request is null");
  }

  /**
   * The scheduler itself.
   *
   * @param setting that asks for the change
   */
  public static Editor ofScheduler(String setting) {
    return new Editor(setting, Change.Via.SCHEDULER, "");
  }

  /** The user who runs this command. */
  public static Editor ofCommand() {
    return new Editor(System.getProperty("user.name", "unknown"), Change.Via.COMMAND, "");
  }
}
