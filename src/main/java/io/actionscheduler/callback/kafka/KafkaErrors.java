package io.actionscheduler.callback.kafka;

import io.actionscheduler.callback.CallbackException;
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

/** What the producer's errors mean for a fire. */
public final class KafkaErrors {
  private KafkaErrors() {}

  /** For a record that the producer did not take: it has surely not got through. */
  public static CallbackException notSent(String target, Exception e) {
    if (isForGood(e)) {
      return CallbackException.permanent(message(target, e), e);
    }
    if (e instanceof AuthorizationException) {
      return CallbackException.refused(message(target, e), e);
    }
    return CallbackException.away(
        e instanceof TimeoutException ? target + ": " + unreachable(e) : message(target, e), e);
  }

  /** For a record that the producer took: where contact broke, it may have got through. */
  static CallbackException notConfirmed(String target, Exception e) {
    if (isForGood(e)) {
      return CallbackException.permanent(message(target, e), e);
    }
    if (e instanceof AuthorizationException) {
      return CallbackException.refused(message(target, e), e);
    }
    boolean contact =
        e instanceof RetriableException
            || e instanceof AuthenticationException
            || !(e instanceof ApiException); // the producer itself gave up, or was closed
    return contact
        ? CallbackException.awayUnknown(message(target, e), e)
        : CallbackException.refusedUnknown(message(target, e), e);
  }

  static CallbackException noProducer(String servers, KafkaException e) {
    Throwable reason = e.getCause() == null ? e : e.getCause();
    return CallbackException.away("kafka " + servers + ": " + reason.getMessage(), e);
  }

  /** Whether this record will never be taken, however often it is sent. */
  private static boolean isForGood(Exception e) {
    return e instanceof RecordTooLargeException
        || e instanceof InvalidRecordException
        || e instanceof InvalidTimestampException
        || e instanceof InvalidTopicException
        || e instanceof UnsupportedForMessageFormatException;
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
        + (e.getMessage() == null ? "" : ": " + e.getMessage());
  }
}
