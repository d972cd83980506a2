package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What has to be done now with the fires of an action, oldest first.
 *
 * @param expired missed and too old to deliver
 * @param fire the one to deliver next; more may follow once it is settled
 */
public record Due(Optional<Stretch> expired, Optional<Fire> fire) {
  public static final Due NOTHING = new Due(Optional.empty(), Optional.empty());

  public Due {
    requireNonNull(expired, "expired is null");
    requireNonNull(fire, "fire is null");
  }
}
