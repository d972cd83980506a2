package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.fire.StoreOwner;
import java.util.Optional;

/**
 * The state of the store, as a process that stands by found it last.
 *
 * @param owner who held the lease; empty where that is not known
 * @param problem why the store could not be read; empty where it could
 */
public record StandbyStatus(Optional<StoreOwner> owner, Optional<String> problem) {
  static final StandbyStatus UNKNOWN = new StandbyStatus(Optional.empty(), Optional.empty());

  public StandbyStatus {
    requireNonNull(owner, "owner is null");
    requireNonNull(problem, "problem is null");
  }
}
