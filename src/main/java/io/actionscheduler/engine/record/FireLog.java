package io.actionscheduler.engine.record;

import io.actionscheduler.action.Action;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.fire.Fire;
import io.actionscheduler.fire.Stretch;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What happened to fires since it was logged last: one log line per kind with the count and the
 * first case, because what happens to one action may happen to a hundred thousand at once.
 */
public final class FireLog {
  private static final Logger LOG = LoggerFactory.getLogger(FireLog.class);

  private final Kind expired = new Kind();
  private final Kind skipped = new Kind();
  private final Kind refused = new Kind();
  private final Kind failed = new Kind();
  private final Kind waiting = new Kind();
  private long delivered;

  private static final class Kind {
    private long fires;
    private long cases;
    private String first;
    private About about;

    /** Whether this is the first case, which is described. */
    boolean add(long count) {
      fires += count;
      return cases++ == 0;
    }

    /**
     * Logs what was collected, with the values of the first case, and starts again from nothing.
     */
    void tell(Level level, String before) {
      if (cases > 0) {
        about
            .of(LOG.atLevel(level))
            .log("{}{}", before.isEmpty() ? "" : before + fires + "; ", told());
      }
    }

    private String told() {
      String text = cases == 1 ? first : first + " (and " + (cases - 1) + " more like it)";
      fires = 0;
      cases = 0;
      return text;
    }
  }

  /** Fires delivered since the start. */
  public long delivered() {
    return delivered;
  }

  public void delivered(String callback, Delivery delivery, Instant now) {
    delivered++;
    if (LOG.isDebugEnabled()) {
      Fire fire = delivery.fire();
      About.fire(delivery, callback)
          .of(LOG.atDebug())
          .log(
              "{}: fire {} delivered, cause {}, attempt {}, {} missed before it, {} ms after its"
                  + " time",
              fire.action().label(),
              fire.id(),
              fire.cause(),
              delivery.attempt(),
              fire.missedCount(),
              Duration.between(fire.scheduledAt(), now).toMillis());
    }
  }

  public void expired(Action action, String callback, Stretch stretch) {
    if (expired.add(stretch.count())) {
      expired.about = About.fires(action, callback);
      expired.first =
          describe(action, stretch)
              + (action.policy().missed().actuality().isPresent()
                  ? " expired: older than its actuality_time"
                  : " expired: beyond catch_up_max");
    }
  }

  public void skipped(Action action, String callback, Stretch stretch) {
    if (skipped.add(stretch.count())) {
      skipped.about = About.fires(action, callback);
      skipped.first = describe(action, stretch) + " skipped: the one before was still running";
    }
  }

  public void refused(String callback, Delivery delivery, CallbackException why, Instant retryAt) {
    if (refused.add(1)) {
      refused.about = About.fire(delivery, callback);
      refused.first =
          "%s: fire %s refused at attempt %d, next try at %s: %s"
              .formatted(
                  delivery.action().label(),
                  delivery.fire().id(),
                  delivery.attempt(),
                  retryAt,
                  why.getMessage());
    }
  }

  public void failed(String callback, Delivery delivery, String error) {
    if (failed.add(1)) {
      failed.about = About.fire(delivery, callback);
      failed.first =
          "%s: fire %s failed permanently after %d attempts: %s"
              .formatted(
                  delivery.action().label(), delivery.fire().id(), delivery.attempt(), error);
    }
  }

  /** A dead letter waits because the target of {@code callback} is unavailable. */
  public void waits(Delivery letter, String callback, String why) {
    if (waiting.add(1)) {
      waiting.about = About.fire(letter, callback);
      waiting.first =
          "dead letter %s of %s waits for callback %s, which is unavailable: %s; its action continues"
              .formatted(letter.fire().id(), letter.action().label(), callback, why);
    }
  }

  /** Logs what was collected, and starts again from nothing. */
  public void tell() {
    expired.tell(Level.INFO, "fires expired: ");
    skipped.tell(Level.INFO, "fires skipped: ");
    refused.tell(Level.WARN, "");
    failed.tell(Level.ERROR, "");
    waiting.tell(Level.WARN, "");
  }

  private static String describe(Action action, Stretch stretch) {
    return stretch.count() == 1
        ? action.label() + ": the fire of " + stretch.first()
        : "%s: %d fires from %s to %s"
            .formatted(action.label(), stretch.count(), stretch.first(), stretch.last());
  }
}
