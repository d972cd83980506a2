package io.actionscheduler.callback;

import static org.awaitility.Awaitility.await;

import io.actionscheduler.testing.Reported;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Steps that tests of callbacks share. */
public final class Contracts {
  private Contracts() {}

  /** Delivers what is not delivered, again and again, as the scheduler does, for up to 30 s. */
  public static void deliverUntilDelivered(BatchCallback callback, List<Delivery> batch) {
    List<Delivery> open = new ArrayList<>(batch);
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              List<Delivery> tried = List.copyOf(open);
              Reported reported = Reported.on(callback, tried);
              reported.delivered().forEach(index -> open.remove(tried.get(index)));
              return open.isEmpty();
            });
  }
}
