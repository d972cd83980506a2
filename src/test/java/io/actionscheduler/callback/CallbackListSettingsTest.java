package io.actionscheduler.callback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CallbackListSettingsTest {
  private static CallbackSettings of(Map<String, String> values) {
    return new CallbackSettings("a", "webhook", "callbacks.a", values);
  }

  @Test
  void aListIsReadItemByItemOrFromATextWithCommas() {
    assertThat(of(Map.of("hosts.0", "a,b", "hosts.1", "c")).list("hosts"))
        .containsExactly("a,b", "c");
    assertThat(of(Map.of("hosts", " a, b ,c")).list("hosts")).containsExactly("a", "b", "c");
    assertThat(of(Map.of("hosts", " ")).list("hosts")).isEmpty();
    assertThat(of(Map.of()).list("hosts")).isEmpty();
  }

  @Test
  void aListIsTextWithCommasToWhoAsksForText() {
    assertThat(of(Map.of("hosts.0", "a", "hosts.1", "b")).text("hosts")).contains("a,b");
    assertThat(of(Map.of("hosts.0", "")).text("hosts")).isEmpty();
  }

  @Test
  void aSecretThatCannotBeUsedIsNotShown() {
    assertThat(of(Map.of()).invalid("token", "hunter2", "letters"))
        .hasMessage("callbacks.a.token: \"***\" is not allowed; allowed: letters");
  }
}
