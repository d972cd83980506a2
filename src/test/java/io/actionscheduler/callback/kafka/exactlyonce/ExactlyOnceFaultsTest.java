package io.actionscheduler.callback.kafka.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.Fire;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Faults that brokers show too rarely to wait for. */
class ExactlyOnceFaultsTest {
  private final ScriptedKafka kafka = new ScriptedKafka();

  @AfterEach
  void leaveNoInterruptBehind() {
    Thread.interrupted();
  }

  @Test
  void aProcessThatIsFencedWhileItStillSendsEndsAndFencesNobody() throws Exception {
    for (KafkaException fencing :
        List.of(
            new ProducerFencedException("fenced"),
            new InvalidProducerEpochException("an old epoch"),
            new KafkaException("in an error state", new ProducerFencedException("fenced")))) {
      ScriptedKafka kafka = new ScriptedKafka();
      kafka.onSend =
          (number, answer) -> {
            if (number == 2) {
              answer.onCompletion(null, fencing);
            }
          };
      Reported reported = Reported.on(kafka.callback(), Deliveries.of("a", "b", "c"));
      assertThat(reported.failed().values())
          .hasSize(3)
          .allMatch(why -> why.kind() == Kind.UNAVAILABLE && !why.outcomeUnknown());
      assertThat(kafka.shutOut).singleElement().asString().contains("took over");
      assertThat(kafka.openings).isEqualTo(1);
    }
  }

  @Test
  void anErrorInATransactionIsToldAndTheNextOneBeginsAnew() throws Exception {
    BatchCallback callback = kafka.callback();
    kafka.onSend =
        (number, answer) -> {
          throw new OutOfMemoryError("planted");
        };
    assertThatThrownBy(() -> Reported.on(callback, Deliveries.of("a")))
        .isInstanceOf(OutOfMemoryError.class);
    kafka.onSend =
        (number, answer) -> {
          throw new IllegalStateException("an invalid transition, planted");
        };
    assertThatThrownBy(() -> Reported.on(callback, Deliveries.of("a")))
        .hasMessage("an invalid transition, planted");
    kafka.onSend = (number, answer) -> {};
    assertThat(Reported.on(callback, Deliveries.of("a")).delivered()).hasSize(1);
  }

  @Test
  void aStopInTheMiddleOfACommitIsNoRefusalAndTheNextRunFindsOut() throws Exception {
    BatchCallback callback = kafka.callback();
    kafka.onCommit =
        bytes -> {
          throw new InterruptException("planted"); // sets the flag as well
        };
    Reported reported = Reported.on(callback, Deliveries.of("a", "b"));
    assertThat(reported.failed().values())
        .hasSize(2)
        .allMatch(why -> why.kind() == Kind.UNAVAILABLE && why.outcomeUnknown());
    kafka.onCommit = bytes -> {};
    assertThat(Reported.on(callback, Deliveries.of("a", "b")).delivered()).hasSize(2);
    assertThat(kafka.openings).isEqualTo(2);
  }

  @Test
  void manyLargeCommandsGoOutInTransactionsOfBoundedSize() throws Exception {
    String large = "x".repeat(1_000_000);
    Reported reported = Reported.on(kafka.callback(), same(100, large));
    assertThat(reported.delivered()).hasSize(100);
    assertThat(kafka.committedBytes).allMatch(bytes -> bytes <= 16 << 20);
  }

  @Test
  void whatIsTooLargeIsSortedOutWithoutATransactionForEach() throws Exception {
    kafka.onSend =
        (number, answer) -> {
          if (number >= 2) { // beside the record of the small one, and its progress
            answer.onCompletion(null, new RecordTooLargeException("sent all the same"));
          }
        };
    List<Delivery> batch = same(20, "x".repeat(1_048_576));
    batch.set(7, Deliveries.of(8, "small"));
    Reported reported = Reported.on(kafka.callback(), batch);
    assertThat(reported.delivered()).containsExactly(7);
    assertThat(reported.failed().values())
        .hasSize(19)
        .allMatch(why -> why.kind() == Kind.PERMANENT)
        .extracting(CallbackException::getMessage)
        .allMatch(message -> message.contains("max.request.size"));
    assertThat(kafka.aborts).isZero();
  }

  @Test
  void aHerdThatTheLineDoesNotTakeInTimeGoesInSmallerTransactions() throws Exception {
    kafka.onCommit =
        bytes -> {
          if (bytes > 1_000_000) {
            throw new TimeoutException("planted: a slow line");
          }
        };
    BatchCallback callback = kafka.callback();
    List<Delivery> herd = same(8_000, "x".repeat(1_000));
    for (int tries = 0; tries < 20 && !herd.isEmpty(); tries++) { // as the engine does
      Reported reported = Reported.on(callback, herd);
      assertThat(reported.failed().values())
          .allMatch(why -> why.kind() == Kind.UNAVAILABLE && !why.outcomeUnknown());
      herd = reported.failed().keySet().stream().map(herd::get).toList();
    }
    assertThat(herd).isEmpty();
    assertThat(kafka.records).isEqualTo(8_000);
  }

  @Test
  void aCommitWhoseAnswerGotLostIsFoundAndTheOthersGoOn() throws Exception {
    boolean[] lost = {false};
    kafka.afterCommit =
        () -> {
          if (!lost[0]) {
            lost[0] = true;
            throw new TimeoutException("planted: the answer got lost");
          }
        };
    List<Delivery> batch = same(40, "x".repeat(1_000_000));
    assertThat(Reported.on(kafka.callback(), batch).delivered()).hasSize(40);
    assertThat(kafka.records).isEqualTo(40);
  }

  @Test
  void aStopMeanwhileDoesNotKeepItFromFindingOut() throws Exception {
    BatchCallback callback = kafka.callback();
    kafka.afterCommit =
        () -> {
          callback.stopping();
          throw new TimeoutException("planted: the answer got lost");
        };
    assertThat(Reported.on(callback, Deliveries.of("a", "b")).delivered()).hasSize(2);
    assertThat(kafka.openings).isEqualTo(2);
  }

  @Test
  void aFireByHandWhoseCommitGotNoAnswerIsDoubtfulAsNoProgressTellsOfIt() throws Exception {
    kafka.afterCommit =
        () -> {
          throw new TimeoutException("planted: the answer got lost");
        };
    Reported reported = Reported.on(kafka.callback(), List.of(byHand()));
    assertThat(reported.failed().values())
        .singleElement()
        .matches(CallbackException::outcomeUnknown);
  }

  private static Delivery byHand() {
    Fire fire =
        new Fire(
            Deliveries.action(1, "run"), Deliveries.DUE, Cause.MANUAL, Optional.empty(), "request");
    return new Delivery(fire, 1, Deliveries.DUE);
  }

  private static List<Delivery> same(int count, String command) {
    List<Delivery> batch = new ArrayList<>(count);
    for (int i = 1; i <= count; i++) {
      batch.add(Deliveries.of(i, command));
    }
    return batch;
  }
}
