package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/** Another process owns the store; the message names it: host, pid, since when, and the remedy. */
public final class OwnedElsewhere extends Exception {
  private final transient Optional<StoreOwner> owner;

  public OwnedElsewhere(String message) {
    this(message, Optional.empty());
  }

  /**
   * @param owner where the store has a lease
   */
  public OwnedElsewhere(String message, Optional<StoreOwner> owner) {
    super(message);
    this.owner = requireNonNull(owner, "owner is null");
  }

  /** Who holds the lease; empty where the store has none. */
  public Optional<StoreOwner> owner() {
    return owner;
  }
}
