package io.actionscheduler.callback.kafka.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.Report;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.Fire;
import io.actionscheduler.testing.Deliveries;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Fires of some actions, minute by minute, and how the engine delivers them. */
final class Runs {
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");

  private Runs() {}

  static Delivery delivery(int action, int minute, String command) {
    return new Delivery(
        new Fire(
            Deliveries.action(action, command),
            NOON.plusSeconds(60L * minute),
            Cause.SCHEDULE,
            Optional.empty(),
            ""),
        1,
        NOON);
  }

  static List<Delivery> minute(int minute, int actions) {
    List<Delivery> batch = new ArrayList<>();
    for (int action = 1; action <= actions; action++) {
      batch.add(delivery(action, minute, "run " + action));
    }
    return batch;
  }

  /** It has no progress of its own: only its record is sent. */
  static Delivery byHand(Delivery delivery) {
    Fire scheduled = delivery.fire();
    return new Delivery(
        new Fire(
            scheduled.action(), scheduled.scheduledAt(), Cause.MANUAL, Optional.empty(), "request"),
        1,
        NOON);
  }

  static Delivery deadLetter(Delivery delivery) {
    return new Delivery(delivery.fire(), 1, NOON, true);
  }

  /** What became of a batch, by place: {@code delivered} or the kind of failure. */
  private static final class Told implements Report {
    private final String[] outcomes;

    private Told(int size) {
      outcomes = new String[size];
    }

    @Override
    public void delivered(int index) {
      outcomes[index] = "delivered";
    }

    @Override
    public void delivered(int index, String output) {
      outcomes[index] = "delivered";
    }

    @Override
    public void failed(int index, CallbackException why) {
      outcomes[index] = why.kind() + (why.outcomeUnknown() ? " UNKNOWN" : "");
    }
  }

  static List<String> deliver(BatchCallback callback, List<Delivery> batch) throws Exception {
    Told told = new Told(batch.size());
    callback.deliver(batch, told);
    return List.of(told.outcomes);
  }

  /** As the engine does: what is not delivered comes again. */
  static void deliverAll(BatchCallback callback, List<Delivery> batch) throws Exception {
    List<Delivery> left = batch;
    List<String> told = List.of();
    for (int tries = 0; tries < 20 && !left.isEmpty(); tries++) {
      List<Delivery> sending = left;
      List<String> now = deliver(callback, sending);
      told = now;
      left =
          IntStream.range(0, sending.size())
              .filter(i -> !now.get(i).equals("delivered"))
              .mapToObj(sending::get)
              .toList();
    }
    assertThat(left).as("%s", told).isEmpty();
  }
}
