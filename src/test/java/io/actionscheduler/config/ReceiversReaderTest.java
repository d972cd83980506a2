package io.actionscheduler.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.events.Receiver;
import io.actionscheduler.fire.Run.Status;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The list {@code http.events.webhooks}. */
class ReceiversReaderTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static List<Receiver> read(String http, Map<String, String> environment)
      throws InvalidConfig {
    return ConfigLoader.parse(Config.ENOUGH + http, "", environment)
        .http()
        .orElseThrow()
        .receivers();
  }

  @Test
  void anAddressAndASecretAreEnough() throws InvalidConfig {
    List<Receiver> receivers =
        read(
            """
            http:
              port: 8000
              events: {webhooks: [{url: "https://ops.example/hook", secret: %s}]}
            """
                .formatted(SECRET),
            Map.of());

    assertThat(receivers).hasSize(1);
    Receiver receiver = receivers.get(0);
    assertThat(receiver.name()).isEqualTo("webhook0");
    assertThat(receiver.statuses())
        .containsExactlyInAnyOrder(
            Status.SUCCESS,
            Status.FAILED,
            Status.EXPIRED,
            Status.MERGED,
            Status.SKIPPED,
            Status.SUPERSEDED,
            Status.DROPPED,
            Status.EXCLUDED);
    assertThat(receiver.callbacks()).isEmpty();
    assertThat(receiver.limits())
        .isEqualTo(new Receiver.Limits(Duration.ofSeconds(10), 4, 10_000, Duration.ofHours(24)));
    assertThat(receiver.toString()).doesNotContain("MfKQ");
  }

  @Test
  void everythingMayBeSaidAndSecretsComeFromVariables() throws InvalidConfig {
    Receiver receiver =
        read(
                """
                http:
                  port: 8000
                  events:
                    webhooks:
                      - name: ops
                        url: http://127.0.0.1:9000/hook
                        secret: ["${NEW_SECRET}", "${OLD_SECRET}"]
                        types: [run.failed, run.expired]
                        callbacks: stdout
                        timeout: 2s
                        max_concurrent: 1
                        queue: 100
                        give_up_after: 10m
                """,
                Map.of("NEW_SECRET", SECRET, "OLD_SECRET", SECRET.replace('M', 'N')))
            .get(0);

    assertThat(receiver.name()).isEqualTo("ops");
    assertThat(receiver.secrets()).containsExactly(SECRET, SECRET.replace('M', 'N'));
    assertThat(receiver.statuses()).containsExactlyInAnyOrder(Status.FAILED, Status.EXPIRED);
    assertThat(receiver.callbacks()).containsExactly("stdout");
    assertThat(receiver.limits())
        .isEqualTo(new Receiver.Limits(Duration.ofSeconds(2), 1, 100, Duration.ofMinutes(10)));
  }

  /** The name of a container: webhook callbacks accept it as well. */
  @Test
  void aHostMayHaveAnUnderscore() throws InvalidConfig {
    Receiver receiver =
        Config.of(
                """
                http:
                  port: 0
                  events:
                    webhooks:
                      - {url: "http://my_service:8080/hook", secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw}
                """)
            .http()
            .orElseThrow()
            .receivers()
            .get(0);

    assertThat(receiver.address()).isEqualTo(URI.create("http://my_service:8080/hook"));
  }

  @Test
  void everyMistakeIsToldAtOnceAndNoSecretIsShown() {
    List<String> problems =
        Config.problems(
            Config.ENOUGH
                + """
                http:
                  events:
                    webhook: x
                    webhooks:
                      - {name: ops, url: "ftp://ops.example/", secret: whsec_dG9vIHNob3J0}
                      - {name: ops, url: "http://me:pass@ops.example/", secret: plain-text}
                      - {types: [run.fialed], callbacks: [kafak], queue: 0, timeout: never, tiemout: 1}
                      - just text
                """,
            "",
            Map.of());

    assertThat(problems)
        .anyMatch(one -> one.contains("http.events.webhook: unknown") && one.contains("webhooks"))
        .anyMatch(one -> one.contains("webhooks.0.url: \"ftp://ops.example/\" is not an address"))
        .anyMatch(
            one -> one.contains("webhooks.0.secret: \"***\" is not a secret; allowed: whsec_"))
        .anyMatch(one -> one.contains("webhooks.1.name: another webhook has the name \"ops\""))
        .anyMatch(one -> one.contains("webhooks.1.url: ") && one.contains("is not an address"))
        .anyMatch(one -> one.contains("webhooks.1.secret: \"***\" is not a secret"))
        .anyMatch(one -> one.contains("webhooks.2.url: required, and not set"))
        .anyMatch(one -> one.contains("webhooks.2.secret: required, and not set"))
        .anyMatch(one -> one.contains("webhooks.2.types") && one.contains("mean run.failed?"))
        .anyMatch(one -> one.contains("webhooks.2.callbacks") && one.contains("is not a callback"))
        .anyMatch(one -> one.contains("webhooks.2.queue"))
        .anyMatch(one -> one.contains("webhooks.2.timeout"))
        .anyMatch(one -> one.contains("webhooks.2.tiemout: unknown") && one.contains("timeout?"))
        .anyMatch(one -> one.contains("http.events.webhooks.3: unknown"))
        .anyMatch(one -> one.contains("http.events.webhooks: set without http.port"))
        .noneMatch(one -> one.contains("dG9v") || one.contains("me:pass"));
  }
}
