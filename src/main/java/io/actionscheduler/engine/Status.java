package io.actionscheduler.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The state of the engine.
 *
 * @param waiting actions with a due fire that its callback has not taken yet
 * @param running batches that callbacks are working on
 * @param unrecorded actions whose progress is not on disk yet
 * @param unavailable names of callbacks whose target cannot be reached
 * @param storeFailing whether progress is held in memory because the store takes none
 */
public record Status(
    int actions,
    int schedules,
    Optional<Instant> nextFireAt,
    long delivered,
    int waiting,
    int running,
    int unrecorded,
    List<String> unavailable,
    boolean storeFailing) {}
