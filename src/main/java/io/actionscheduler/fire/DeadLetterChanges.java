package io.actionscheduler.fire;

import java.util.Collection;
import java.util.List;

/**
 * Changes of the dead letters.
 *
 * @param waiting replaces what was stored under their ids
 * @param ended ids of those that were handed over or failed there too; none of them is waiting
 */
public record DeadLetterChanges(Collection<DeadLetter> waiting, Collection<DeadLetter.Id> ended) {
  public static final DeadLetterChanges NONE = new DeadLetterChanges(List.of(), List.of());

  public boolean isEmpty() {
    return waiting.isEmpty() && ended.isEmpty();
  }
}
