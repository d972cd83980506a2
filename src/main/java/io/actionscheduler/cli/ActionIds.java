package io.actionscheduler.cli;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.view.ActionList;
import io.actionscheduler.text.Quoted;
import java.util.ArrayList;
import java.util.List;

/** Ids of actions as arguments: {@code 7} of the table, {@code rest:7} of a REST service. */
final class ActionIds {
  private ActionIds() {}

  static ActionId read(String text) throws WrongUsage {
    if (text.isBlank()) {
      throw new WrongUsage("an id is blank; \"actions list\" shows the ids");
    }
    return new ActionId(text.strip());
  }

  /** Whether {@code text} can only be an id, and no schedule. */
  static boolean isId(String text) {
    return text.strip().matches("-?\\d+|[A-Za-z][A-Za-z0-9_-]*:\\S+");
  }

  /** The number of a row of the table, for commands that change rows. */
  static long ofTable(String text) throws WrongUsage {
    ActionId id = read(text);
    if (ActionList.isOfTable(id)) {
      return id.number().getAsLong();
    }
    throw new WrongUsage(
        text.contains(":")
            ? "action "
                + Quoted.quote(text)
                + ": listed by the REST service "
                + Quoted.quote(ActionList.sourceOf(id))
                + "; change it there. Actions of the table have whole numbers as ids"
            : "id " + Quoted.quote(text) + ": not a whole number, and not <service>:<id>");
  }

  /**
   * The numbers of several rows; one that is invalid makes the whole command fail before it changes
   * anything.
   */
  static List<Long> ofTable(List<String> texts) throws WrongUsage {
    List<Long> numbers = new ArrayList<>();
    for (String text : texts) {
      numbers.add(ofTable(text));
    }
    return numbers;
  }

  /**
   * Checks that a command was given ids, or {@code --all}.
   *
   * @throws WrongUsage when it was given both, or neither
   */
  static void requireSomeOrAll(List<String> ids, boolean all) throws WrongUsage {
    if (all != ids.isEmpty()) {
      throw new WrongUsage("name either the actions by their ids, or --all");
    }
  }
}
