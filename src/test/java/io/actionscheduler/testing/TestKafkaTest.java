package io.actionscheduler.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class TestKafkaTest {

  @Test
  void keepsPortsAndRecordsOverARestart() throws Exception {
    try (TestKafka kafka = TestKafka.down()) {
      kafka.startAgain();
      send(kafka, "one");
      String before = kafka.server();

      kafka.stop();
      kafka.startAgain();
      send(kafka, "two");

      assertThat(kafka.server()).isEqualTo(before);
      assertThat(kafka.read("topic"))
          .extracting(ConsumerRecord::value)
          .containsExactly("one", "two");
      assertThat(kafka.readCommitted("topic")).hasSize(2);
    }
  }

  private static void send(TestKafka kafka, String value) throws Exception {
    StringSerializer text = new StringSerializer();
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(Map.of("bootstrap.servers", kafka.server()), text, text)) {
      producer.send(new ProducerRecord<>("topic", value)).get();
    }
  }
}
