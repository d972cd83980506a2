package io.actionscheduler.move;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The schedules that were found in one place of another program.
 *
 * @param callbacks the settings that these actions need, by the name of the callback
 */
public record Move(
    List<Moved> actions, List<LeftOut> leftOut, Map<String, Map<String, Object>> callbacks) {
  public Move {
    actions = List.copyOf(actions);
    leftOut = List.copyOf(leftOut);
    callbacks = Collections.unmodifiableMap(new LinkedHashMap<>(callbacks));
  }

  /** Whether all of it was understood. */
  public boolean isWhole() {
    return leftOut.stream().noneMatch(LeftOut::isFault);
  }
}
