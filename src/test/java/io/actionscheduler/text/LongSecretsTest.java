package io.actionscheduler.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stored errors, bodies and settings can be long: neither the stack nor time may run out. */
class LongSecretsTest {
  private static final String SECRET = "s3cret0".repeat(100_000 / 7);

  /** {@code #} is the secret. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "password=#                      | password=***",
        "password=\"#\" x                | password=*** x",
        "password=\"#\\\"#\" x           | password=*** x",
        "password='#' x                  | password=*** x",
        "a?sig=#&b=1                     | a?sig=***&b=1",
        "{\"password\":\"#\"}            | {\"password\":\"***\"}",
        "{\"password\":\"it's # \\\" #\"} | {\"password\":\"***\"}",
        "{'password': '#'}               | {'password': '***'}",
        "{\"a\":\"{\\\"token\\\":\\\"#\\\"}\"} | {\"a\":\"{\\\"token\\\":\\\"***\\\"}\"}",
        "Authorization: #                | Authorization: ***",
        "x-my-token: # #                 | x-my-token: ***",
        "Bearer #                        | Bearer ***",
        "x --password # y                | x --password *** y",
        "x --password \"# #\" y          | x --password *** y",
        "x --password '# #' y            | x --password *** y",
        "mysql -h db -p# y               | mysql -h db -p*** y",
        "mysql -h db -p\"# #\" y         | mysql -h db -p*** y",
        "curl -u me:# y                  | curl -u me:*** y",
        "curl -u \"me:# #\" y            | curl -u \"me:***\" y",
        "redis://me:#@h/0                | redis://me:***@h/0",
        "me:#@h/0                        | me:***@h/0",
        "https://#@h/0                   | https://***@h/0",
        "https://h/a/#/b                 | https://h/a/***/b",
        "https://h/a/bot123456:#         | https://h/a/***",
      })
  void aLongSecretIsMasked(String text, String shown) {
    assertThat(Secrets.mask("x", text.replace("#", SECRET))).isEqualTo(shown);
  }

  /** Looked for from each of its beginnings, such a text would take minutes. */
  @ParameterizedTest
  @ValueSource(strings = {"//", "://", "token", "\\", "mysql ", "\"token"})
  @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aLongTextWithNothingToMaskIsReadOnce(String part) {
    String text = "@=:- " + part.repeat(400_000 / part.length());
    assertThat(Secrets.maskText(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x --password not.secret    | x --password ***",
        "x --password is?key        | x --password ***",
        "x --token for,ever y       | x --token *** y",
        "--token is required.       | --token is required.",
        "use --token or, better, no | use --token or, better, no",
        "(no --token is)            | (no --token is)",
        "why --token is?!           | why --token is?!",
      })
  void onlyTheWordsOfASentenceAreNoSecret(String text, String shown) {
    assertThat(Secrets.maskText(text)).isEqualTo(shown);
  }
}
