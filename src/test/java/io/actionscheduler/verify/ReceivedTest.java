package io.actionscheduler.verify;

import static io.actionscheduler.fire.Outcome.DELIVERED;
import static io.actionscheduler.verify.VerificationTest.discrepancy;
import static io.actionscheduler.verify.VerificationTest.good;
import static io.actionscheduler.verify.VerificationTest.words;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.FireId;
import io.actionscheduler.fire.Verdict;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The ledger held against what its receiver got. */
@Tag("time")
class ReceivedTest {

  @Test
  void aDeliveryThatDidNotReachItsReceiverIsLost() {
    Books books = good();
    Received received =
        new Received(new Period(Books.at("10:01"), Books.at("10:31")), Optional.of("main"));
    books.received = Optional.of(received);
    for (String time : List.of("10:01", "10:02", "10:05", "10:21", "10:30")) {
      received.add(fire(1, time, ""));
      received.add(fire(1, time, "")); // delivered twice is no fault
    }
    received.add(fire(1, "10:03", "by hand"));
    received.add(fire(2, "10:04", ""));
    received.add(fire(1, "10:31", "")); // not of the period
    assertThat(words(books.verify("10:01", "10:31"))).isEqualTo("5 delivered, 10 expired, 15 lost");
    assertThat(books.found)
        .containsExactly(
            discrepancy(Verdict.LOST, "10:03", "10:04", 2),
            discrepancy(Verdict.LOST, "10:06", "10:10", 5),
            discrepancy(Verdict.LOST, "10:22", "10:29", 8));
    assertThat(received.looked()).isEqualTo(20);
    assertThat(received.kept()).isEqualTo(6);
  }

  @Test
  void whatAnotherCallbacksReceiverGotIsNotHeldAgainstThisOne() {
    Books books = good();
    books.received =
        Optional.of(
            new Received(new Period(Books.at("10:01"), Books.at("10:31")), Optional.of("other")));
    assertThat(words(books.verify("10:01", "10:31"))).isEqualTo("20 delivered, 10 expired");
  }

  /** The stretch has eight for ten times: two are lost whatever was received. */
  @Test
  void whatIsLostAlreadyIsNotLostAgainForNotBeingReceived() {
    Books books = new Books().current(1, "10:00", DELIVERED, "10:01", "10:10", 8);
    Received received =
        new Received(new Period(Books.at("10:01"), Books.at("10:11")), Optional.empty());
    books.received = Optional.of(received);
    assertThat(words(books.verify("10:01", "10:11"))).isEqualTo("10 lost");
  }

  private static FireId fire(int action, String time, String request) {
    return new FireId(ActionId.of(action), Books.at(time), request);
  }
}
