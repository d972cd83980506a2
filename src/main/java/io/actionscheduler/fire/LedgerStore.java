package io.actionscheduler.fire;

import io.actionscheduler.action.ActionId;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/** The ledger: what became of every scheduled time. It is never shortened. */
public interface LedgerStore {

  /**
   * Hands over the closed stretches that overlap the time from {@code from} to {@code to}, ordered
   * by action, callback and first scheduled time, without holding all of them in memory.
   *
   * @param action empty for all
   * @throws StoreException when the store cannot be read
   */
  void readLedger(Optional<ActionId> action, Instant from, Instant to, Consumer<LedgerEntry> each)
      throws StoreException;

  /**
   * Hands over the ended versions that touch the time from {@code from} to {@code to}.
   *
   * @throws StoreException when the store cannot be read
   */
  void readVersions(
      Optional<ActionId> action, Instant from, Instant to, Consumer<LedgerVersion> each)
      throws StoreException;
}
