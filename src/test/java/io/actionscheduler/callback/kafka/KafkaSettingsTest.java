package io.actionscheduler.callback.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.TestCertificate;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KafkaSettingsTest {
  private final KafkaFactory factory =
      new KafkaFactory(InstantSource.fixed(Deliveries.DUE), message -> {});

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "localhost:1234 | [localhost:1234]",
        "kafka://broker.example.com:9092 | [broker.example.com:9092]",
        "kafka://broker:9092/ | [broker:9092]",
        "'a:1, b:2 ,kafka://c:3,' | [a:1, b:2, c:3]",
        "[::1]:9092 | [[::1]:9092]"
      })
  void serversAreGivenInSeveralWays(String written, String read) throws Exception {
    assertThat(Servers.of(settings(Map.of("server", written)))).hasToString(read);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "server | localhost | host:port or kafka://host:port",
        "server | http://localhost:9092 | host:port",
        "server | localhost:0 | host:port",
        "server | localhost:70000 | host:port",
        "server | , | host:port",
        "topic | a topic | 1 to 249",
        "topic | .. | 1 to 249",
        "key | name | action_id or none",
        "exactly_once | maybe | true or false",
        "max_concurrent | 0 | from 1 to",
        "properties.acks | 1 | all or -1",
        "properties.enable.idempotence | false | true",
        "properties.bootstrap.servers | a:1 | write it as server",
        "properties.transactional.id | x | exactly_once",
        "properties.value.serializer | x | bytes",
        "properties.linger.ms | soon | linger.ms",
        "properties.max.in.flight.requests.per.connection | 6 | max.in.flight",
        "properties.compression.type | zip | compression.type"
      })
  void aValueThatCannotBeUsedIsToldWithWhatIsAllowed(String key, String value, String allowed) {
    assertThatThrownBy(() -> factory.create(settings(Map.of(key, value))))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith("kafka." + key.split("\\.")[0])
        .hasMessageContaining(allowed);
  }

  @ParameterizedTest
  @CsvSource({"server", "topic"})
  void whatIsRequiredIsToldWhenItIsMissing(String key) {
    assertThatThrownBy(() -> factory.create(settings(Map.of(key, " "))))
        .isInstanceOf(InvalidSetting.class)
        .hasMessage("kafka." + key + ": required, and not set");
  }

  @Test
  void propertiesReachTheProducerAndGuaranteesStay() throws Exception {
    Map<String, String> own =
        Map.of(
            "properties.acks", "-1",
            "properties.compression.type", "lz4",
            "properties.batch.size", "1000",
            "properties.sasl.password.file", "known only to a login module");
    CallbackSettings settings = settings(own);
    Map<String, Object> properties = ProducerProperties.of(settings, Servers.of(settings));
    assertThat(properties)
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", "true")
        .containsEntry("compression.type", "lz4")
        .containsEntry("batch.size", "1000")
        .containsEntry("delivery.timeout.ms", "10000")
        .containsEntry("sasl.password.file", "known only to a login module");
  }

  @ParameterizedTest
  @CsvSource({
    "5000, '', 5000, 10000",
    "30000, '', 30000, 30000",
    "'', 3000, 3000, 3000",
    "1000, 3000, 1000, 3000"
  })
  void timeOutsThatAreNotSetFitThoseThatAre(
      String request, String delivery, String requestInForce, String deliveryInForce)
      throws Exception {
    Map<String, String> own = new HashMap<>();
    own.put("properties.request.timeout.ms", request);
    own.put("properties.delivery.timeout.ms", delivery);
    own.values().removeIf(String::isEmpty);
    CallbackSettings settings = settings(own);
    assertThat(ProducerProperties.of(settings, Servers.of(settings)))
        .containsEntry("request.timeout.ms", requestInForce)
        .containsEntry("delivery.timeout.ms", deliveryInForce);
  }

  @Test
  void timeOutsThatContradictEachOtherAreTold() {
    Map<String, String> own =
        Map.of("properties.request.timeout.ms", "3000", "properties.delivery.timeout.ms", "2000");
    assertThatThrownBy(() -> factory.create(settings(own)))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith("kafka.properties.delivery.timeout.ms: \"2000\"")
        .hasMessageContaining("3000 or more");
  }

  /** The producer would tell these when it is made, and for ever. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "SASL_SSL | PLAIN | x.PlainLoginModule required username=\"app\" password=\"open\" | sasl.jaas.config: JAAS config entry not terminated by semi-colon",
        "SASL_PLAINTEXT | PLAIN | x.PlainLoginModule username=\"app\" password=\"open\"; | sasl.jaas.config: Invalid login module control flag",
        "SASL_PLAINTEXT | PLAIN | x.Absent required password=\"open\"; | sasl.jaas.config: ",
        "SASL_PLAINTEXT | SCRAM-SHA-256 | - | sasl.jaas.config: Could not find a 'KafkaClient' entry",
        "SASL_PLAINTEXT | GSSAPI | x.Krb5LoginModule required | sasl.jaas.config: JAAS config entry not terminated",
        "SASL_PLAINTEXT | OAUTHBEARER | x.OAuthBearerLoginModule | sasl.jaas.config: ",
        "SASL_PLAINTEXT | NONE | - | ",
        "SASL_PLAINTEXT | SCRAM-SHA-265 | org.apache.kafka.common.security.scram.ScramLoginModule required password=\"open\"; | sasl.mechanism: \"SCRAM-SHA-265\" is not allowed; allowed: GSSAPI, OAUTHBEARER, PLAIN, SCRAM-SHA-256, SCRAM-SHA-512",
        "SASL_SSL | plain | x.PlainLoginModule required username=\"a\" password=\"open\"; | sasl.mechanism: \"plain\" is not allowed",
        "SASL_PLAINTEXT | PLAIM | x.PlainLoginModule required username=\"a\" password=\"open\"; | sasl.mechanism: \"PLAIM\" is not allowed",
      })
  void aLoginThatCannotBeReadIsToldAtTheStart(
      String protocol, String mechanism, String jaas, String told) {
    Map<String, String> own = new HashMap<>();
    own.put("properties.security.protocol", protocol);
    own.put("properties.sasl.mechanism", mechanism);
    if (jaas != null) {
      own.put(
          "properties.sasl.jaas.config",
          jaas.replace("x.Plain", "org.apache.kafka.common.security.plain.Plain"));
    }
    assertThatThrownBy(() -> factory.create(settings(own)))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith("kafka.properties." + (told == null ? "" : told))
        .hasMessageNotContaining("open")
        .hasMessageNotContaining("Failed to create");
  }

  @Test
  void aLoginThatAsksAServerIsReadAndNotCarriedOut() throws Exception {
    Map<String, String> own =
        Map.of(
            "properties.security.protocol",
            "SASL_PLAINTEXT",
            "properties.sasl.mechanism",
            "GSSAPI",
            "properties.sasl.jaas.config",
            "com.sun.security.auth.module.Krb5LoginModule required principal=\"a@NOWHERE.INVALID\";");
    factory.create(settings(own)).close();
  }

  @Test
  void storesThatCannotBeReadAreToldAtTheStart(@TempDir Path folder) throws Exception {
    assertThatThrownBy(() -> factory.create(settings(ssl("/nope.jks", "x"))))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith("kafka.properties.ssl.truststore.location: ")
        .hasMessageContaining("/nope.jks (No such file)");
    TestCertificate certificate = TestCertificate.in(folder);
    String store = certificate.keyStore().toString();
    assertThatThrownBy(() -> factory.create(settings(ssl(store, "guess"))))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith("kafka.properties.ssl.truststore.location: ")
        .hasMessageContaining("password was incorrect")
        .hasMessageNotContaining("guess");
    factory.create(settings(ssl(store, certificate.password()))).close();
  }

  @Test
  void aClassThatIsNotThereIsToldAtTheStart() {
    assertThatThrownBy(
            () -> factory.create(settings(Map.of("properties.interceptor.classes", "a.B"))))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith("kafka.properties.interceptor.classes: \"a.B\"");
  }

  private static Map<String, String> ssl(String store, String password) {
    return Map.of(
        "properties.security.protocol",
        "SSL",
        "properties.ssl.truststore.location",
        store,
        "properties.ssl.truststore.password",
        password);
  }

  @Test
  void nothingIsConnectedBeforeTheFirstFire() throws Exception {
    int before = KafkaTargets.producers().size();
    try (BatchCallback callback = factory.create(settings(Map.of()))) {
      assertThat(callback.concurrency()).isEqualTo(20);
      assertThat(KafkaTargets.producers()).hasSize(before);
    }
  }

  private static CallbackSettings settings(Map<String, String> values) {
    Map<String, String> all = new HashMap<>(Map.of("server", "127.0.0.1:1", "topic", "t"));
    all.putAll(values);
    return new CallbackSettings("kafka", "kafka", "kafka", all);
  }
}
