package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * One record of history: a fire that ended, or a stretch of fires that ended alike without being
 * delivered. Its texts hold no NUL: what comes from outside may, and PostgreSQL stores none.
 *
 * @param actionName at that time
 * @param fires its scheduled time, or the first and last of a stretch
 * @param request empty but for a fire by hand
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

  /** How a run stands. */
  public enum Status {
    SUCCESS,
    FAILED,
    EXPIRED,
    MERGED,
    SKIPPED,
    SUPERSEDED,
    RUNNING,
    RETRYING;

    /** As it stands in records and messages: {@code success}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is one to worry about: what {@code history.level: failures} keeps. */
    public boolean isFailure() {
      return switch (this) {
        case FAILED, EXPIRED, SKIPPED, RETRYING -> true;
        case SUCCESS, MERGED, SUPERSEDED, RUNNING -> false;
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

  /** The same without what the target answered. */
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

  public FireId fireId() {
    return new FireId(key.action(), fires.first(), request);
  }
}
