package io.actionscheduler.engine.intake;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.CompletableFuture;

/**
 * How far the engine has begun with actions.
 *
 * @param scheduled completes once all of them are scheduled; while the store takes nothing, without
 *     the new ones, which wait for it
 * @param stored completes once the progress of every one of them is stored
 */
public record StartStages(CompletableFuture<Void> scheduled, CompletableFuture<Void> stored) {
  public StartStages {
    requireNonNull(scheduled, "scheduled is null");
    requireNonNull(stored, "stored is null");
  }
}
