package io.actionscheduler.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.text.Secrets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        "actions_db.url | postgresql://sched@prod-db:S3cret@prod.example.com:5432/s | postgresql://sched@prod-db:***@prod.example.com:5432/s",
        "actions_db.url                   | u:S3cret@db.example.com/x       | u:***@db.example.com/x",
        "actions_db.url                   | postgresql//u:S3cret@db/x       | postgresql//u:***@db/x",
        "actions_db.url                   | postgresql:u:S3cret@h/x         | postgresql:***@h/x",
        "callbacks.a.url                  | https://me@corp:S3cret@h/x      | https://me@corp:***@h/x",
        "callbacks.a.headers.X-Auth       | hunter2                         | ***",
        "callbacks.a.environment.PGPASS   | hunter2                         | ***",
        "callbacks.a.environment.DB_PASS  | hunter2                         | ***",
        "callbacks.a.command.1            | --password=hunter2              | --password=***",
        "callbacks.a.command.2            | Authorization: Bearer hunter2x  | Authorization: ***",
        "callbacks.a.command.3            | Bearer eyJhbGciOi.J9            | Bearer ***",
        "callbacks.a.url                  | https://h/x?se=1&sig=hunter2%3D | https://h/x?se=1&sig=***",
        "callbacks.a.url | https://api.telegram.org/bot123456:AAE-x_y9/sendMessage | https://api.telegram.org/***/sendMessage",
        "callbacks.a.url | https://hooks.slack.com/services/T0123ABCD/B0123ABCD/abcdefghijklmnopqrstuvwx | https://hooks.slack.com/services/T0123ABCD/B0123ABCD/***",
        "callbacks.a.url                  | https://example.com/a/path/to/something-quite-long.html | https://example.com/a/path/to/something-quite-long.html",
        "callbacks.a.body                 | {\"password\":\"hunter2\",\"a\":1} | {\"password\":\"***\",\"a\":1}",
        "callbacks.a.body                 | {\"x\":\"{\\\"api_key\\\": \\\"hunter2\\\"}\"} | {\"x\":\"{\\\"api_key\\\": \\\"***\\\"}\"}",
        "callbacks.a.body                 | required username=\"u\" password=\"hunter 2\"; | required username=\"u\" password=***;",
        "callbacks.a.command.2            | mysqldump -u root -phunter2 shop | mysqldump -u root -p*** shop",
        "callbacks.a.command.2            | vault login --token hunter2 -v  | vault login --token *** -v",
        "callbacks.a.command.2            | curl -s -u bot:hunter2 http://h/ | curl -s -u bot:*** http://h/",
        "callbacks.a.command.2            | find . -path x -print           | find . -path x -print",
        "callbacks.a.environment.SENTRY_DSN | https://hunter2@o1.example.com/1 | https://***@o1.example.com/1",
        "callbacks.a.environment.FORGE    | https://hunter2@git.example.com/a@b | https://***@git.example.com/a@b",
        "callbacks.a.subject              | {name}: mail ops@example.com    | {name}: mail ops@example.com",
        "actions_db.host                  | db_1.example.com:5432           | db_1.example.com:5432",
      })
  void secretsAreMaskedByTheirNameAndByTheirLook(String key, String value, String shown) {
    assertThat(Secrets.mask(key, value)).isEqualTo(shown);
  }

  /** The secret has a quote, a space or an escape in it, or stands in quotes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "curl -u \"admin:s3cret pass\" h",
        "curl -u 'admin:s3cret' h",
        "{\"password\":\"it's s3cret\"}",
        "{\"password\":\"ab\\\\s3cret\"}",
        "{\"password\":\"ab\\\"s3cret\"}",
        "{\"a\": \"{\\\"password\\\":\\\"it's s3cret\\\"}\"}",
        "password=\"ab\\s3cret\"",
        "password='two s3cret'",
        "mysql -h db -ps3cret",
      })
  void aSecretIsMaskedToItsEnd(String text) {
    assertThat(Secrets.maskText(text)).contains("***").doesNotContain("s3cret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "error: --token is required",
        "missing option --password for user app",
        "the --api-key option is deprecated",
        "use --token or --password",
      })
  void aSentenceAboutAnOptionIsNotMasked(String text) {
    assertThat(Secrets.maskText(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x --token is-a-secret",
        "x --token isabel",
        "x --password not_this",
        "x --token 'is'"
      })
  void aSecretThatBeginsLikeASentenceIsMasked(String text) {
    assertThat(Secrets.maskText(text)).startsWith("x --").endsWith(" ***");
  }

  @Test
  void anOptionThatOnlyBeginsLikeAPasswordIsShown() {
    assertThat(Secrets.maskArgument("find .", "-print0")).isEqualTo("-print0");
    assertThat(Secrets.maskArgument("java -jar x", "-port")).isEqualTo("-port");
    assertThat(Secrets.maskArgument("mysqldump --password hunter2 -h db", "-phunter2"))
        .isEqualTo("-p***");
  }

  @Test
  void ofAnAddressTheListShowsHostAndBeginningAndNothingThatAVariableHeld() throws InvalidConfig {
    Settings settings =
        ConfigLoader.parse(
            Config.ENOUGH
                + """
                callbacks:
                  slack: {type: webhook, url: 'https://hooks.slack.com/services/T0/B0/xyz'}
                  bot: {type: webhook, url: 'https://api.example.com/${PATH_PART}/send?x=1'}
                  job: {type: process, command: [run, '--key=${JOB_TOKEN}', '${PLAIN}']}
                  dump: {type: process, command: [mysqldump, -phunter2, --password, hunter2, -u, 'root:hunter2', -v]}
                """,
            "",
            Map.of("PATH_PART", "abc", "JOB_TOKEN", "hunter2", "PLAIN", "word"));
    assertThat(settings.origins())
        .filteredOn(origin -> origin.key().startsWith("callbacks."))
        .extracting(Settings.Origin::value)
        .contains(
            "https://hooks.slack.com/services/…",
            "https://api.example.com/${PATH_PART}/…",
            "--key=${JOB_TOKEN}",
            "word",
            "-p***",
            "--password",
            "root:***",
            "-v");
    assertThat(settings.origins().toString()).doesNotContain("hunter2");
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
