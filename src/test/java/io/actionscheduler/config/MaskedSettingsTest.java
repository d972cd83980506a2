package io.actionscheduler.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.text.Secrets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskedSettingsTest {
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "actions_db.password              | hunter2                         | ***",
        "callbacks.a.api_key              | hunter2                         | ***",
        "callbacks.a.headers.X-Api-Key    | hunter2                         | ***",
        "callbacks.a.headers.Authorization | Bearer hunter2                 | ***",
        "callbacks.a.token                | hunter2                         | ***",
        "kafka.properties.sasl.jaas.config | org.apache x                   | ***",
        "kafka.properties.ssl.key.password | hunter2                        | ***",
        "kafka.properties.ssl.keystore.key | hunter2                        | ***",
        "kafka.key                        | action_id                       | action_id",
        "kafka.topic                      | commands                        | commands",
        "actions_db.url                   | postgresql://u:hunter2@h/d      | postgresql://u:***@h/d",
        "actions_db.url                   | postgresql://u:hu@nt/er2@h/d    | postgresql://u:***@h/d",
        "actions_db.url                   | postgresql://u@h:5432/d         | postgresql://u@h:5432/d",
        "actions_db.url                   | jdbc:postgresql://h/d?user=u&password=hunter2&ssl=true | jdbc:postgresql://h/d?user=u&password=***&ssl=true",
        "redis.url                        | redis://:hunter2@h:6379/0       | redis://:***@h:6379/0",
        "callbacks.a.url                  | http://h/x?token=hunter2        | http://h/x?token=***",
      })
  void secretsAreMaskedByTheirNameAndByTheirLook(String key, String value, String shown) {
    assertThat(Secrets.mask(key, value)).isEqualTo(shown);
  }

  @Test
  void theSettingsInForceAreListedWithoutSecrets() throws InvalidConfig {
    Settings settings =
        ConfigLoader.parse(
            Config.ENOUGH
                + """
                internal_db: {url: 'postgresql://u:hunter2@h/d'}
                kafka:
                  server: a:1
                  topic: t
                  properties:
                    sasl.jaas.config: org.apache x required password="hunter2";
                """,
            "CALLBACKS__A__TYPE=webhook\nCALLBACKS__A__SECRET=hunter2\n",
            Map.of("KAFKA__PROPERTIES__SSL__KEY__PASSWORD", "hunter2"));

    assertThat(settings.origins().toString())
        .doesNotContain("hunter2")
        .contains("postgresql://u:***@h/d");
    assertThat(settings.origins()).extracting(Settings.Origin::key).isSorted();
    assertThat(settings.internalDb().orElseThrow().toString()).doesNotContain("hunter2");
    assertThat(settings.internalDb().orElseThrow().password()).contains("hunter2");
  }
}
