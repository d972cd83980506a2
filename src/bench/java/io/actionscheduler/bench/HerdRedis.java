package io.actionscheduler.bench;

import static io.actionscheduler.bench.Herd.ACTIONS;
import static io.actionscheduler.bench.Herd.HERDS;

import io.actionscheduler.testing.TestRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import redis.clients.jedis.Jedis;

/** Many actions due in the same second, to a list of Redis, with progress on disk. */
final class HerdRedis implements Benchmark {
  private static final String LIST = "herd";

  @Override
  public String name() {
    return "herd-redis";
  }

  @Override
  public String work() {
    return "100,000 actions on 200 schedules due in the same second, every 10 s, to a list of a Redis"
        + " on the same cores, progress on disk (one SQLite file). The length of the list is asked"
        + " each 2 ms by somebody else. Milliseconds from the due time to the last message. Then"
        + " `kill -9` two seconds after the last herd, and a new start.";
  }

  @Override
  public void run(Session session, Consumer<Row> out) throws Exception {
    try (TestRedis redis = TestRedis.start();
        Jedis receiver = redis.connect()) {
      Herd herd = Herd.prepare(session, config(redis.port()));
      List<Double> last = new ArrayList<>();
      AtomicLong early = new AtomicLong();
      herd.runAndKill(
          herd.launch(),
          first -> {
            for (int i = 0; i < HERDS; i++) {
              Instant dueAt = first.plusSeconds((long) i * herd.cadence().seconds());
              Pause.until(dueAt.minusMillis(5));
              early.addAndGet(receiver.llen(LIST) - (long) i * ACTIONS);
              last.add(lastAfter(dueAt, receiver, (i + 1L) * ACTIONS));
            }
          });
      herd.runAgain(
          herd.launch(),
          next -> {
            lastAfter(next, receiver, (HERDS + 1L) * ACTIONS);
            Pause.until(Instant.now().plusSeconds(1));
          });
      long surplus = surplus(receiver);
      out.accept(Herd.first("", last));
      out.accept(Herd.rest("", last, 800));
      out.accept(Row.count("messages before their time", early.get()).atMost(0));
      out.accept(Row.count("delivered again after kill -9", surplus).atMost(0));
    }
  }

  private static double lastAfter(Instant dueAt, Jedis receiver, long count)
      throws InterruptedException {
    Instant limit = dueAt.plusSeconds(8);
    while (receiver.llen(LIST) < count) {
      if (Instant.now().isAfter(limit)) {
        throw new AssertionError(
            receiver.llen(LIST) + " messages instead of " + count + ", 8 s after " + dueAt);
      }
      Thread.sleep(2);
    }
    return Duration.between(dueAt, Instant.now()).toNanos() / 1e6;
  }

  /** Messages above one for each action and herd; fails where one of these is missing. */
  private static long surplus(Jedis receiver) {
    Map<String, Integer> received = new HashMap<>();
    receiver.lrange(LIST, 0, -1).forEach(message -> received.merge(message, 1, Integer::sum));
    if (received.size() != (HERDS + 1) * ACTIONS) {
      throw new AssertionError(
          received.size() + " different fires instead of " + (HERDS + 1) * ACTIONS);
    }
    return receiver.llen(LIST) - received.size();
  }

  private static String config(int port) {
    return Configs.sqlite("database.db", true, 15).replace("callback: stdout", "callback: queue")
        + """
        callbacks:
          queue:
            type: redis
            port: %d
            list: herd
            message: '{"fire_id": "{fire_id}", "response": "Planned: {name}", "status": "success"}'
        """
            .formatted(port);
  }
}
