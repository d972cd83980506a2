package io.actionscheduler.fire;

import io.actionscheduler.schedule.ZoneLaw;
import java.util.Map;

/**
 * The laws of time zones that progress and ledger were accounted under, by the name of the zone as
 * it is stored there ({@link ZoneLaw#stored}): the data that they are from may be gone.
 */
public interface ZoneLawStore {

  /**
   * All of them.
   *
   * @throws StoreException when the store cannot be read
   */
  Map<String, ZoneLaw> zoneLaws() throws StoreException;

  /**
   * Keeps those that are not there yet; only for the owner.
   *
   * @throws StoreException when the store cannot be written, or another process owns it; nothing is
   *     stored then
   */
  void keepZoneLaws(Map<String, ZoneLaw> laws) throws StoreException;
}
