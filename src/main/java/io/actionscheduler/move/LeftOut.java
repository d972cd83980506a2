package io.actionscheduler.move;

import static java.util.Objects.requireNonNull;

/**
 * Something that does not become an action.
 *
 * @param isFault whether it cannot be understood: then nothing at all is written
 */
public record LeftOut(String place, String written, String reason, boolean isFault) {
  public LeftOut {
    requireNonNull(place, "place is null");
    requireNonNull(written, "written is null");
    requireNonNull(reason, "reason is null");
  }
}
