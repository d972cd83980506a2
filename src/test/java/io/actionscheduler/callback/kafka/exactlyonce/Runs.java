package io.actionscheduler.callback.kafka.exactlyonce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.Report;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.Fire;
import io.actionscheduler.testing.Deliveries;
import java.time.Duration;
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
    List<Delivery> left = new ArrayList<>(batch);
    await()
        .atMost(Duration.ofSeconds(60))
        .pollDelay(Duration.ZERO)
        .pollInSameThread()
        .untilAsserted(
            () -> {
              List<Delivery> sending = List.copyOf(left);
              List<String> told = deliver(callback, sending);
              left.clear();
              IntStream.range(0, sending.size())
                  .filter(i -> !told.get(i).equals("delivered"))
                  .mapToObj(sending::get)
                  .forEach(left::add);
              assertThat(left).as("%s", told).isEmpty();
            });
  }
}
