package io.actionscheduler.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.http.HttpSettings;
import io.actionscheduler.http.HttpSettings.Right;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section {@code http}. */
class HttpReaderTest {
  private static final String KEY = "0123456789abcdefghijklmnopqrstuv";

  private static HttpSettings read(String http) throws InvalidConfig {
    return ConfigLoader.parse(Config.ENOUGH + http, "", Map.of()).http().orElseThrow();
  }

  private static List<String> problems(String http) {
    return Config.problems(Config.ENOUGH + http, "", Map.of());
  }

  @Test
  void withoutAPortThereIsNone() throws InvalidConfig {
    assertThat(ConfigLoader.parse(Config.ENOUGH, "", Map.of()).http()).isEmpty();
    assertThat(ConfigLoader.parse(Config.ENOUGH + "http: {host: 127.0.0.1}", "", Map.of()).http())
        .isEmpty();
  }

  @Test
  void aPortAloneListensForThisMachineAlone() throws InvalidConfig {
    HttpSettings http = read("http: {port: 8000}");

    assertThat(http.address().host()).isEqualTo("127.0.0.1");
    assertThat(http.address().port()).isEqualTo(8000);
    assertThat(http.keys()).isEmpty();
    assertThat(http.limits().bodyBytes()).isEqualTo(1024 * 1024);
  }

  @Test
  void keysHaveNamesAndRights() throws InvalidConfig {
    HttpSettings http =
        read(
            """
            http:
              port: 8000
              host: 0.0.0.0
              api_key: %1$s
              base_path: /scheduler/
              api_keys:
                - {key: %1$sx, name: deploy, rights: [read, execute]}
                - {key: "sha256:%2$s"}
            """
                .formatted(KEY, "0".repeat(64)));

    assertThat(http.basePath()).isEqualTo("/scheduler");
    assertThat(http.keys())
        .extracting(HttpSettings.ApiKey::name)
        .containsExactly("api_key", "deploy", "key1");
    assertThat(http.keys().get(0).rights()).containsExactlyInAnyOrder(Right.values());
    assertThat(http.keys().get(1).rights()).containsExactlyInAnyOrder(Right.READ, Right.EXECUTE);
    assertThat(http.keys().get(2).rights())
        .containsExactlyInAnyOrder(Right.READ, Right.RUN, Right.WRITE);
    assertThat(http.toString()).doesNotContain(KEY);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http: {port: 80000}                                    | http.port: "80000" is out of range
          http: {prt: 8000}                                      | did you mean port?
          http: {port: 1, api_key: short}                        | http.api_key: has 5 characters; allowed are 16 or more
          http: {port: 1, api_key: your-secret-key-here}         | is a key from examples
          http: {port: 1, api_key: aaaaaaaaaaaaaaaaaaaaaaaaaaaaa} | is a key from examples
          http: {port: 1, api_key: 'sha256:abc'}                 | is not a hash of a key
          http: {port: 1, host: 'http://127.0.0.1'}              | cannot be a host
          http: {port: 1, host: 0.0.0.0}                         | is reached from other machines, and no key is set
          http: {port: 1, base_path: 'a b'}                      | is not a base path
          http: {port: 1, base_path: /a/../b}                    | is not a base path
          http: {port: 1, api_keys: [{name: x}]}                 | http.api_keys.0.key: required
          http: {port: 1, api_keys: [{key: 0123456789abcdef0123, rights: [reed]}]} | did you mean read?
          http: {port: 1, api_keys: [{key: 0123456789abcdef0123, right: read}]}    | did you mean rights?
          http: {port: 1, tls: {password: x}}                    | set without http.tls.keystore
          http: {port: 1, max_body: 10}                          | http.max_body: "10" is out of range
          """)
  void whatCannotBeIsTold(String http, String told) {
    assertThat(problems(http)).anySatisfy(problem -> assertThat(problem).contains(told));
    assertThat(problems(http).toString()).doesNotContain("0123456789abcdef0123", "your-secret");
  }

  @Test
  void aPathAndANameOfAnyLengthAreRead() throws InvalidConfig {
    String path = "/ab".repeat(40_000);
    assertThat(read("http: {port: 1, base_path: " + path + "}").basePath()).isEqualTo(path);
    String name = "a.".repeat(60_000) + "B";
    assertThat(ConfigLoader.parse(Config.ENOUGH, "", Map.of("ACTION__CALLBACK", name)).callbacks())
        .containsKey(name);
  }

  @Test
  void forDevelopmentAWeakKeyIsTaken() throws InvalidConfig {
    assertThat(
            read("http: {port: 1, host: 0.0.0.0, api_key: short}\nenvironment: development\n")
                .keys())
        .hasSize(1);
  }

  @Test
  void variablesReachIt() throws InvalidConfig {
    HttpSettings http =
        ConfigLoader.parse(
                Config.ENOUGH,
                "HTTP__PORT=8001\n",
                Map.of("HTTP__API_KEY", KEY, "HTTP__HOST", "0.0.0.0"))
            .http()
            .orElseThrow();

    assertThat(http.address().port()).isEqualTo(8001);
    assertThat(http.keys()).hasSize(1);
  }
}
