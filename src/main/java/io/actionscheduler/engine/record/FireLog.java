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

/**
 * What happened to fires since it was last told: one log line per kind with the count and the first
 * case, because what happens to one action may happen to a hundred thousand at once.
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

    /** Whether this is the first case, which is described. */
    boolean add(long count) {
      fires += count;
      return cases++ == 0;
    }

    String told() {
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

  public void delivered(Delivery delivery, Instant now) {
    delivered++;
    if (LOG.isDebugEnabled()) {
      Fire fire = delivery.fire();
      LOG.debug(
          "{}: fire {} delivered, cause {}, attempt {}, {} missed before it, {} ms after its time",
          fire.action().label(),
          fire.id(),
          fire.cause(),
          delivery.attempt(),
          fire.missedCount(),
          Duration.between(fire.scheduledAt(), now).toMillis());
    }
  }

  public void expired(Action action, Stretch stretch) {
    if (expired.add(stretch.count())) {
      expired.first =
          describe(action, stretch)
              + (action.policy().missed().actuality().isPresent()
                  ? " expired: older than its actuality_time"
                  : " expired: beyond catch_up_max");
    }
  }

  public void skipped(Action action, Stretch stretch) {
    if (skipped.add(stretch.count())) {
      skipped.first = describe(action, stretch) + " skipped: the one before was still running";
    }
  }

  public void refused(Delivery delivery, CallbackException why, Instant retryAt) {
    if (refused.add(1)) {
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

  public void failed(Delivery delivery, String error) {
    if (failed.add(1)) {
      failed.first =
          "%s: fire %s failed for good after %d attempts: %s"
              .formatted(
                  delivery.action().label(), delivery.fire().id(), delivery.attempt(), error);
    }
  }

  /** A dead letter waits because the target of {@code callback} is unavailable. */
  public void waits(Delivery letter, String callback, String why) {
    if (waiting.add(1)) {
      waiting.first =
          "dead letter %s of %s waits for callback %s, which is unavailable: %s; its action continues"
              .formatted(letter.fire().id(), letter.action().label(), callback, why);
    }
  }

  /** Logs what came together and begins anew. */
  public void tell() {
    if (expired.cases > 0) {
      LOG.info("fires expired: {}; {}", expired.fires, expired.told());
    }
    if (skipped.cases > 0) {
      LOG.info("fires skipped: {}; {}", skipped.fires, skipped.told());
    }
    if (refused.cases > 0) {
      LOG.warn("{}", refused.told());
    }
    if (failed.cases > 0) {
      LOG.error("{}", failed.told());
    }
    if (waiting.cases > 0) {
      LOG.warn("{}", waiting.told());
    }
  }

  private static String describe(Action action, Stretch stretch) {
    return stretch.count() == 1
        ? action.label() + ": the fire of " + stretch.first()
        : "%s: %d fires from %s to %s"
            .formatted(action.label(), stretch.count(), stretch.first(), stretch.last());
  }
}
