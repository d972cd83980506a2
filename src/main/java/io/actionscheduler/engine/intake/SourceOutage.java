package io.actionscheduler.engine.intake;

import io.actionscheduler.action.SourceException;
import io.actionscheduler.engine.record.OutageReasons;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;

/**
 * Whether a source can be read, and since when it cannot. Logs each change once. Used by one
 * thread.
 */
final class SourceOutage {
  private final String source;
  private final Logger log;
  private final OutageReasons reasons = new OutageReasons();
  private Instant since; // null while the source can be read
  private String problem = "";

  /**
   * @param log whose name users know these lines by
   */
  SourceOutage(String source, Logger log) {
    this.source = source;
    this.log = log;
  }

  /** When the source became unavailable; empty while it can be read. */
  Optional<Instant> since() {
    return Optional.ofNullable(since);
  }

  /** Why it cannot be read; blank while it can. */
  String problem() {
    return since == null ? "" : problem;
  }

  /**
   * The source could not be read at the start.
   *
   * @param actions how many there are of its last reading, in an earlier run
   * @param readAt when that was
   */
  void atStart(SourceException why, int actions, Instant readAt, Instant now) {
    begin(why, now);
    log.warn(
        "source {} is unavailable, starting with the {} actions it had at {}, {} ago: {}",
        source,
        actions,
        readAt,
        span(Duration.between(readAt, now).truncatedTo(ChronoUnit.SECONDS)),
        problem);
  }

  /** In the form of settings, such as {@code 1h30m}. */
  private static String span(Duration time) {
    return time.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
  }

  /**
   * The source could not be read at the start, and nothing is known of it by which to begin: the
   * caller logs that, and tries again.
   */
  void beforeStart(SourceException why, Instant now) {
    begin(why, now);
  }

  /** The source was read at the start, whose caller logs that. */
  void started() {
    since = null;
    reasons.clear();
  }

  /**
   * The source could not be read. A reading that was interrupted because the scheduler stops is no
   * fault of the source, and changes nothing.
   *
   * @param actions how many stay in force meanwhile
   */
  void failed(SourceException why, int actions, Instant now) {
    if (Thread.currentThread().isInterrupted()) {
      return;
    }
    if (since == null) {
      begin(why, now);
      log.warn(
          "source {} is unavailable, continuing with {} actions: {}", source, actions, problem);
      return;
    }
    problem = why.getMessage();
    if (reasons.isNew(problem)) {
      log.warn("source {} is still unavailable, for another reason: {}", source, problem);
    }
  }

  /**
   * The source was read; does nothing where it always could be.
   *
   * @param changed how many actions changed meanwhile
   */
  void over(int changed, Instant now) {
    if (since != null) {
      log.info(
          "source {} is available again after {} s: {} actions changed",
          source,
          Duration.between(since, now).toSeconds(),
          changed);
      since = null;
      reasons.clear();
    }
  }

  private void begin(SourceException why, Instant now) {
    since = since == null ? now : since;
    problem = why.getMessage();
    reasons.isNew(problem);
  }
}
