package io.actionscheduler.fire;

import java.util.function.Consumer;

/** Stores dead letters until they are handed over; {@link Store#record} writes them. */
public interface DeadLetterStore {

  /**
   * Hands over those of {@code ids}, by action and scheduled time.
   *
   * @throws StoreException when the store cannot be read
   */
  void readDeadLetters(IdScope ids, Consumer<DeadLetter> each) throws StoreException;
}
