package io.actionscheduler.callback.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.Action;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.Fire;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.testing.Deliveries;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

class KafkaRecordsTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.123456789Z");

  @Test
  void aFireOnTimeCarriesItsPassport() {
    ProducerRecord<byte[], byte[]> record = record(true, Deliveries.of(7, "grüße \"alle\""));
    assertThat(record.topic()).isEqualTo("t");
    assertThat(text(record.key())).isEqualTo("7");
    assertThat(text(record.value())).isEqualTo("{\"command\": \"gr\\u00fc\\u00dfe \\\"alle\\\"\"}");
    assertThat(headers(record))
        .containsExactly(
            Map.entry("fire-id", "7@2026-11-20T10:00:00Z"),
            Map.entry("action-id", "7"),
            Map.entry("scheduled-time", "2026-11-20T10:00:00Z"),
            Map.entry("delivered-time", "2026-11-20T10:00:00.123456Z"),
            Map.entry("action-name", "Action7"),
            Map.entry("cause", "schedule"),
            Map.entry("missed-count", "0"),
            Map.entry("attempt", "1"));
  }

  @Test
  void aMissedFireTellsWhatWasMergedIntoIt() {
    Instant first = Instant.parse("2026-11-20T09:00:00Z");
    Instant last = Instant.parse("2026-11-20T09:59:00Z");
    Action action = Deliveries.action(7, "x");
    Fire fire =
        new Fire(
            action, Deliveries.DUE, Cause.CATCH_UP, Optional.of(new Stretch(first, last, 60)), "");
    assertThat(headers(record(true, new Delivery(fire, 3, NOW))))
        .containsEntry("cause", "catch_up")
        .containsEntry("missed-count", "60")
        .containsEntry("first-missed", "2026-11-20T09:00:00Z")
        .containsEntry("last-missed", "2026-11-20T09:59:00Z")
        .containsEntry("attempt", "3");
  }

  @Test
  void aFireByHandHasItsRequestInItsId() {
    Fire fire =
        new Fire(Deliveries.action(7, "x"), Deliveries.DUE, Cause.MANUAL, Optional.empty(), "req1");
    assertThat(headers(record(true, new Delivery(fire, 1, NOW))))
        .containsEntry("fire-id", "7@2026-11-20T10:00:00Z#req1")
        .containsEntry("cause", "manual");
  }

  @Test
  void theKeyCanBeLeftOut() {
    assertThat(record(false, Deliveries.of(7, "x")).key()).isNull();
  }

  private static ProducerRecord<byte[], byte[]> record(boolean keyed, Delivery delivery) {
    return new Records("t", keyed, InstantSource.fixed(NOW)).batch().of(delivery);
  }

  private static Map<String, String> headers(ProducerRecord<byte[], byte[]> record) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), text(header.value()));
    }
    return headers;
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
