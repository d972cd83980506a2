package io.actionscheduler.bench.rival;

import io.actionscheduler.bench.Logs;
import io.actionscheduler.testing.TestKafka;
import java.time.Duration;
import java.util.Map;

/** A Kafka broker as a process: prints its address, runs until it is ended, an hour at most. */
public final class BrokerProcess {
  private static final Duration LIMIT = Duration.ofHours(1);

  private BrokerProcess() {}

  public static void main(String[] args) throws InterruptedException {
    Logs.silence();
    TestKafka kafka = TestKafka.start(Map.of());
    Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "close"));
    System.out.println(kafka.server());
    Thread.sleep(LIMIT.toMillis());
    System.exit(1);
  }
}
