package io.actionscheduler.app.alert;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.engine.Status;
import io.actionscheduler.engine.intake.SourceStatus;
import io.actionscheduler.fire.Verified;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The state of the scheduler at one moment.
 *
 * @param steady the same moment on a monotonic clock, to measure durations
 * @param engine empty where it did not answer within a second
 * @param verified the last verification of the ledger
 * @param blackout whether nothing is to be delivered now
 */
record Seen(
    Instant now,
    Duration steady,
    Optional<Status> engine,
    List<SourceStatus> sources,
    Optional<Verified> verified,
    boolean blackout) {
  Seen {
    requireNonNull(now, "now is null");
    requireNonNull(steady, "steady is null");
    requireNonNull(engine, "engine is null");
    sources = List.copyOf(sources);
    requireNonNull(verified, "verified is null");
  }
}
