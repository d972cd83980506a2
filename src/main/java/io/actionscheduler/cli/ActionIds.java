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
      throw new WrongUsage("an id is blank; \"actions list\" shows those that there are");
    }
    return new ActionId(text.strip());
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
                + ", and changed there; the actions of the table have whole numbers"
            : "id " + Quoted.quote(text) + ": not a whole number, and not <service>:<id>");
  }

  /** The numbers of several rows; nothing is done of any when one of them is none. */
  static List<Long> ofTable(List<String> texts) throws WrongUsage {
    List<Long> numbers = new ArrayList<>();
    for (String text : texts) {
      numbers.add(ofTable(text));
    }
    return numbers;
  }
}
