package io.actionscheduler.callback.kafka;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.common.Reasons;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;

/** Decides what errors of the producer mean for a fire. */
public final class KafkaErrors {
  private KafkaErrors() {}

  /** For a record that the producer did not accept: it was certainly not delivered. */
  public static CallbackException notSent(String target, Exception e) {
    if (isForGood(e)) {
      return CallbackException.permanent(message(target, e), e);
    }
    return CallbackException.unavailable(
        e instanceof TimeoutException ? target + ": " + unreachable(e) : message(target, e), e);
  }

  /**
   * For a record that the producer accepted: if the connection broke, it may have been delivered.
   */
  static CallbackException notConfirmed(String target, Exception e) {
    if (isForGood(e)) {
      return CallbackException.permanent(message(target, e), e);
    }
    if (isOfTheSettings(e)) {
      return CallbackException.unavailable(message(target, e), e);
    }
    boolean contact =
        e instanceof RetriableException
            || e instanceof AuthenticationException
            || !(e instanceof ApiException); // the producer gave up, or was closed
    return contact
        ? CallbackException.unavailableUnknown(message(target, e), e)
        : CallbackException.refusedUnknown(message(target, e), e);
  }

  /** For a producer that could not be made. */
  static CallbackException noProducer(String servers, KafkaException e) {
    return CallbackException.unavailable("kafka " + servers + ": " + reason(e), e);
  }

  /** The reason of a failed producer, without outer messages that say only that it failed. */
  public static String reason(Throwable e) {
    boolean empty = String.valueOf(e.getMessage()).matches("Failed to (create|construct) .*");
    return empty && e.getCause() != null ? reason(e.getCause()) : Reasons.of(e);
  }

  /** Whether the brokers will never accept this record. */
  private static boolean isForGood(Exception e) {
    return e instanceof RecordTooLargeException
        || e instanceof InvalidRecordException && !isOfTheSettings(e);
  }

  /**
   * Whether the settings, the topic or this machine's clock cause the failure, so that every other
   * record would fail as well; the broker has not taken this one.
   */
  private static boolean isOfTheSettings(Exception e) {
    return e instanceof AuthorizationException
        || e instanceof InvalidTopicException
        || e instanceof UnsupportedForMessageFormatException
        || isOfTheClock(e)
        || isWithoutKey(e);
  }

  /** Brokers have no separate error for a missing key. */
  private static boolean isWithoutKey(Exception e) {
    return e instanceof InvalidRecordException
        && String.valueOf(e.getMessage()).contains("without key");
  }

  /**
   * Brokers have two errors for a wrong clock: one for the batch, and another for each of its
   * records.
   */
  private static boolean isOfTheClock(Exception e) {
    return e instanceof InvalidTimestampException
        || e instanceof InvalidRecordException
            && String.valueOf(e.getMessage()).matches("(?s)Timestamp .* out of range.*");
  }

  private static String remedy(Exception e) {
    if (isWithoutKey(e)) {
      return "; leave out key: none, or send to a topic that is not compacted";
    }
    if (isOfTheClock(e)) {
      return "; check the clock of this machine, and message.timestamp.*.max.ms of the topic";
    }
    return e instanceof AuthorizationException ? "; give this user the right to write there" : "";
  }

  private static String unreachable(Exception e) {
    return e.getMessage().replaceFirst("\\.$", "")
        + "; check that the broker is up, that this machine reaches it at the address it"
        + " advertises, and that the topic exists";
  }

  private static String message(String target, Exception e) {
    return target
        + ": "
        + e.getClass().getSimpleName().replaceFirst("Exception$", "")
        + (e.getMessage() == null ? "" : ": " + reason(e).replaceFirst("\\.$", ""))
        + remedy(e);
  }
}
