package io.actionscheduler.callback.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.Contracts;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;

/** What Redis is sent. */
class RedisCallbackTest extends RedisWorld {
  @Test
  void theNotificationFormIsWhatTheConsumerOfTheCronServiceExpects() throws Exception {
    Map<String, String> settings =
        Map.of(
            "list", "queue:to_telegram",
            "form", "notification",
            "chat_id", "7",
            "response", "Запланированная задача: {name}");
    assertThat(deliver(settings, REPORT).delivered()).hasSize(1);
    assertThat(list("queue:to_telegram"))
        .containsExactly(
            "{\"chat_id\": 7, \"response\": \"\\u0417\\u0430\\u043f\\u043b\\u0430\\u043d\\u0438"
                + "\\u0440\\u043e\\u0432\\u0430\\u043d\\u043d\\u0430\\u044f"
                + " \\u0437\\u0430\\u0434\\u0430\\u0447\\u0430: Morning report\","
                + " \"status\": \"success\"}");
  }

  @Test
  void theChatMayComeFromTheParametersAndHasToBeANumber() throws Exception {
    Map<String, String> settings = Map.of("list", "q", "form", "notification");
    Delivery wrong = Deliveries.of("x", "x", Map.of("chat_id", "general"));
    Reported reported = deliver(settings, wrong, REPORT, Deliveries.of(1, "none named"));
    assertThat(reported.delivered()).containsExactly(1, 2);
    assertThat(reported.failed().get(0))
        .hasMessageContaining("\"general\"")
        .extracting(CallbackException::kind)
        .isEqualTo(Kind.PERMANENT);
    assertThat(list("q"))
        .containsExactly(
            "{\"chat_id\": 42, \"response\": \"make\", \"status\": \"success\"}",
            "{\"chat_id\": 0, \"response\": \"none named\", \"status\": \"success\"}");
  }

  @Test
  void thePlainFormTellsEverythingOfTheFire() throws Exception {
    deliver(Map.of("list", "q"), REPORT);
    assertThat(list("q").get(0))
        .startsWith(
            "{\"fire_id\": \"7@2026-11-20T10:00:00Z\", \"action_id\": \"7\","
                + " \"name\": \"Morning report\", \"command\": \"make\","
                + " \"scheduled_time\": \"2026-11-20T10:00:00Z\","
                + " \"delivered_time\": \"2026-11-20T10:00:00.002Z\", \"cause\": \"schedule\","
                + " \"missed_count\": 0, \"first_missed\": null, \"last_missed\": null,"
                + " \"attempt\": 1, \"parameters\": {");
  }

  @ParameterizedTest
  @CsvSource({
    "field, q, '{\"n\": \"make\", \"p\": \"high\"}'",
    "key, q:high, '{\"n\": \"make\", \"p\": \"high\"}'",
    "both, q:high, '{\"n\": \"make\", \"p\": \"high\"}'"
  })
  void aPriorityChoosesTheList(String as, String key, String json) throws Exception {
    Map<String, String> settings =
        Map.of(
            "list", "q",
            "message", "{\"n\": \"{command}\", \"p\": \"{parameters.priority|low}\"}",
            "priority", "{parameters.priority|low}",
            "priorities.0", "high",
            "priorities.1", "low",
            "priority_as", as);
    Delivery unknown = Deliveries.of("x", "x", Map.of("priority", "urgent"));
    Reported reported = deliver(settings, REPORT, unknown);
    assertThat(reported.delivered()).containsExactly(0);
    assertThat(reported.failed().get(1))
        .hasMessageContaining("urgent")
        .hasMessageContaining("high, low");
    assertThat(list(key)).containsExactly(json);
  }

  @Test
  void aPriorityIsAFieldOfTheMessage() throws Exception {
    String priority = "{parameters.priority|low}";
    deliver(Map.of("list", "q", "form", "notification", "priority", priority), REPORT);
    deliver(Map.of("list", "plain", "priority", priority), REPORT);
    assertThat(list("q").get(0)).endsWith("\"status\": \"success\", \"priority\": \"high\"}");
    assertThat(list("plain").get(0)).endsWith("}, \"priority\": \"high\"}");
  }

  @Test
  void aStreamHasTheFireAsFieldsAndIsBounded() throws Exception {
    Map<String, String> settings =
        Map.of("stream", "fires", "max_length", "100", "priority", "{parameters.priority}");
    BatchCallback callback = callback(settings);
    Reported.on(callback, Deliveries.many(5_000).subList(0, 0));
    assertThat(Reported.on(callback, List.of(REPORT)).delivered()).hasSize(1);
    callback.close();
    try (Jedis jedis = connect()) {
      StreamEntry entry = jedis.xrange("fires", (StreamEntryID) null, (StreamEntryID) null).get(0);
      assertThat(entry.getFields())
          .containsEntry("fire_id", "7@2026-11-20T10:00:00Z")
          .containsEntry("attempt", "1")
          .containsEntry("priority", "high")
          .doesNotContainKey("first_missed")
          .hasSize(11);
    }
    assertThat(
            deliver(Map.of("stream", "many", "max_length", "100"), Deliveries.many(5_000))
                .delivered())
        .hasSize(5_000);
    try (Jedis jedis = connect()) {
      assertThat(jedis.xlen("many")).isBetween(100L, 300L);
    }
  }

  @Test
  void aChannelReachesItsSubscribersAndCanInsistOnOne() throws Exception {
    Map<String, String> settings =
        Map.of("channel", "news", "message", "\"{name}\"", "require_subscriber", "true");
    Reported nobody = deliver(settings, REPORT);
    assertThat(nobody.failed().get(0).kind()).isEqualTo(Kind.REFUSED);

    StringBuffer heard = new StringBuffer();
    JedisPubSub listener =
        new JedisPubSub() {
          @Override
          public void onMessage(String channel, String message) {
            heard.append(message);
            unsubscribe();
          }
        };
    try (Jedis jedis = connect()) {
      Thread listening = new Thread(() -> jedis.subscribe(listener, "news"));
      listening.start();
      BatchCallback callback = callback(settings);
      Contracts.deliverUntilDelivered(callback, List.of(REPORT));
      callback.close();
      listening.join(10_000);
    }
    assertThat(heard).hasToString("\"Morning report\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "list=q response={nmae} form=notification; callbacks.queue.response: {nmae} is unknown; "
            + "did",
        "list=q stream=s; callbacks.queue: more than one of list, stream and channel",
        "form=plain; callbacks.queue: none of list, stream and channel",
        "list=q form=json; callbacks.queue.form: \"json\" is not allowed",
        "list=q chat_id=x form=notification; callbacks.queue.chat_id: \"x\" is not allowed",
        "list=q response=x; callbacks.queue.response: only with form: notification",
        "list=q max_length=5; callbacks.queue.max_length: only for a stream",
        "list=q priority_as=key; callbacks.queue.priority: required",
        "list=q message={; callbacks.queue.message: is not JSON",
        "list=q timeout=soon; callbacks.queue.timeout: \"soon\" is not allowed",
        "list=q url=http://x; callbacks.queue.url: is not an address of Redis",
        "list=q tls_ca=/nowhere/ca.pem; callbacks.queue.tls_ca: \"/nowhere/ca.pem\" is not allowed",
      })
  void wrongSettingsAreToldAtTheStart(String settings, String told) {
    Map<String, String> values = new HashMap<>();
    for (String each : settings.split(" ")) {
      values.put(each.split("=", 2)[0], each.split("=", 2)[1]);
    }
    assertThatThrownBy(() -> create(values))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith(told);
  }
}
