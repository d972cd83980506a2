package io.actionscheduler.callback.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackException.Kind;
import java.util.stream.Stream;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KafkaErrorsTest {

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new TimeoutException("x"), Kind.UNAVAILABLE, Kind.UNAVAILABLE, true),
        Arguments.of(
            new SaslAuthenticationException("x"), Kind.UNAVAILABLE, Kind.UNAVAILABLE, true),
        Arguments.of(new SslAuthenticationException("x"), Kind.UNAVAILABLE, Kind.UNAVAILABLE, true),
        Arguments.of(new NotEnoughReplicasException("x"), Kind.UNAVAILABLE, Kind.UNAVAILABLE, true),
        Arguments.of(new KafkaException("x"), Kind.UNAVAILABLE, Kind.UNAVAILABLE, true),
        Arguments.of(new IllegalStateException("x"), Kind.UNAVAILABLE, Kind.UNAVAILABLE, true),
        // The settings, the topic or the clock are to blame for these, not a fire.
        Arguments.of(
            new TopicAuthorizationException("t"), Kind.UNAVAILABLE, Kind.UNAVAILABLE, false),
        Arguments.of(
            new ClusterAuthorizationException("x"), Kind.UNAVAILABLE, Kind.UNAVAILABLE, false),
        Arguments.of(new InvalidTimestampException("x"), Kind.UNAVAILABLE, Kind.UNAVAILABLE, false),
        Arguments.of(
            new UnsupportedForMessageFormatException("x"),
            Kind.UNAVAILABLE,
            Kind.UNAVAILABLE,
            false),
        Arguments.of(new InvalidTopicException("x"), Kind.UNAVAILABLE, Kind.UNAVAILABLE, false),
        Arguments.of(
            new InvalidRecordException(
                "Compacted topic cannot accept message without key in topic partition t-0."),
            Kind.UNAVAILABLE,
            Kind.UNAVAILABLE,
            false),
        Arguments.of(new PolicyViolationException("x"), Kind.UNAVAILABLE, Kind.REFUSED, true),
        Arguments.of(new OutOfOrderSequenceException("x"), Kind.UNAVAILABLE, Kind.REFUSED, true),
        Arguments.of(new RecordTooLargeException("x"), Kind.PERMANENT, Kind.PERMANENT, false),
        Arguments.of(new InvalidRecordException("x"), Kind.PERMANENT, Kind.PERMANENT, false));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void anErrorOfTheProducerSaysWhatToDoNext(
      Exception error, Kind whenNotSent, Kind whenSent, boolean unknownWhenSent) {
    CallbackException notSent = KafkaErrors.notSent("kafka a:1", error);
    CallbackException notConfirmed = KafkaErrors.notConfirmed("kafka a:1", error);
    assertThat(notSent.kind()).isEqualTo(whenNotSent);
    assertThat(notSent.outcomeUnknown()).isFalse();
    assertThat(notConfirmed.kind()).isEqualTo(whenSent);
    assertThat(notConfirmed.outcomeUnknown()).isEqualTo(unknownWhenSent);
    assertThat(notSent.getMessage()).startsWith("kafka a:1: ");
  }
}
