package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One record of the history: a fire that ended, or a stretch of fires that ended in the same way
 * without being delivered. NUL characters in its texts are replaced, since PostgreSQL cannot store
 * them.
 *
 * @param actionName at that time
 * @param fires its scheduled time, or the first and last of a stretch
 * @param request identifies a fire by hand; empty for all others
 * @param startedAt of the last attempt; empty when there was none
 * @param attempts 0 when there was none
 * @param missedCount fires merged into this one
 * @param error of the last attempt; empty when there is none
 * @param output of the target, at most 64 KiB
 */
public record Run(
    ProgressKey key,
    String actionName,
    Stretch fires,
    String request,
    Cause cause,
    Status status,
    Optional<Instant> startedAt,
    Instant finishedAt,
    int attempts,
    long missedCount,
    String error,
    String output) {

  /** The state of a run. */
  public enum Status {
    SUCCESS,
    FAILED,
    EXPIRED,
    MERGED,
    SKIPPED,
    SUPERSEDED,
    DROPPED,
    EXCLUDED,
    RUNNING,
    RETRYING;

    /** As it stands in records and messages: {@code success}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether such a fire ended without an attempt. */
    public boolean isWithoutAttempt() {
      return switch (this) {
        case EXPIRED, MERGED, SKIPPED, SUPERSEDED, DROPPED, EXCLUDED -> true;
        case SUCCESS, FAILED, RUNNING, RETRYING -> false;
      };
    }

    /** Whether {@code history.level: failures} stores it: somebody may have to look at it. */
    public boolean isFailure() {
      return switch (this) {
        case FAILED, EXPIRED, SKIPPED, DROPPED, RETRYING -> true;
        case SUCCESS, MERGED, SUPERSEDED, EXCLUDED, RUNNING -> false;
      };
    }
  }

  public Run {
    requireNonNull(key, "key is null");
    actionName = withoutNul(actionName, "actionName is null");
    requireNonNull(fires, "fires is null");
    request = withoutNul(request, "request is null");
    requireNonNull(cause, "cause is null");
    requireNonNull(status, "status is null");
    requireNonNull(startedAt, "startedAt is null");
    requireNonNull(finishedAt, "finishedAt is null");
    error = withoutNul(error, "error is null");
    output = withoutNul(output, "output is null");
  }

  private static String withoutNul(String text, String message) {
    return requireNonNull(text, message).replace('\0', '\uFFFD');
  }

  /** The same run without the answer of the target. */
  public Run withoutOutput() {
    return new Run(
        key,
        actionName,
        fires,
        request,
        cause,
        status,
        startedAt,
        finishedAt,
        attempts,
        missedCount,
        error,
        "");
  }

  /** The same run as one of the action {@code name} that failed. */
  public Run failedAs(String name) {
    return new Run(
        key,
        name,
        fires,
        request,
        cause,
        Status.FAILED,
        startedAt,
        finishedAt,
        attempts,
        missedCount,
        error,
        output);
  }

  public FireId fireId() {
    return new FireId(key.action(), fires.first(), request);
  }
}
