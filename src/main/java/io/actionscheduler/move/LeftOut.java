package io.actionscheduler.move;

import static java.util.Objects.requireNonNull;

/**
 * An entry that does not become an action.
 *
 * @param isFault whether it cannot be understood: then nothing is written
 */
public record LeftOut(String place, String written, String reason, boolean isFault) {
  public LeftOut {
    requireNonNull(place, "place is null");
    requireNonNull(written, "written is null");
    requireNonNull(reason, "reason is null");
  }
}
