package io.actionscheduler.callback.kafka;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackContract;
import io.actionscheduler.testing.TcpProxy;
import io.actionscheduler.testing.TestKafka;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KafkaContractTest implements CallbackContract {
  private final TcpProxy proxy = TcpProxy.open();
  private TestKafka kafka;

  @BeforeAll
  void start() {
    kafka = TestKafka.behind(proxy);
  }

  @AfterAll
  void stop() throws Exception {
    kafka.close();
    proxy.close();
  }

  @Override
  public Target target() throws Exception {
    return new Topic();
  }

  private final class Topic implements Target {
    private final String name = "topic-" + UUID.randomUUID();
    private final BatchCallback callback;

    Topic() throws Exception {
      kafka.createTopic(name, 2, Map.of());
      callback = KafkaTargets.callback(kafka.server(), name);
      callback.warmUp();
    }

    @Override
    public BatchCallback callback() {
      return callback;
    }

    @Override
    public List<String> received() {
      return kafka.read(name).stream()
          .map(ConsumerRecord::value)
          .map(value -> value.substring("{\"command\": \"".length(), value.length() - 2))
          .toList();
    }

    @Override
    public void goAway() {
      proxy.cut();
    }

    @Override
    public void comeBack() {
      proxy.mend();
    }

    @Override
    public void hold() {
      proxy.hold();
    }

    @Override
    public void awaitHeld() throws Exception {
      proxy.awaitHeld();
    }

    @Override
    public void release() {
      proxy.release();
    }

    @Override
    public Optional<String> unacceptable() {
      return Optional.of("x".repeat(2_000_000));
    }
  }
}
