package io.actionscheduler.fire;

import java.util.Optional;

/** Stores the latest verification that a running scheduler made by itself. */
public interface VerificationStore {

  /**
   * The latest, or empty when there was none yet.
   *
   * @throws StoreException when the store cannot be read
   */
  Optional<Verified> lastVerified() throws StoreException;

  /**
   * Keeps it in the place of the one before; only for the owner.
   *
   * @throws StoreException when the store cannot be written, or another process owns it; nothing is
   *     stored then
   */
  void keepVerified(Verified verified) throws StoreException;
}
