package io.actionscheduler.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actionscheduler.text.ServerName;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest(name = "character {0}")
  @ValueSource(ints = {0x200b, 0xad, 0xfeff})
  void aHostWithACharacterThatNobodySeesIsToldWithItsName(int character) {
    String host = "my" + Character.toString(character) + "host";
    assertThatThrownBy(() -> of(Map.of("host", host)).host("host", "localhost"))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageContaining(" is not allowed: character 3 is ")
        .hasMessageContaining("(U+" + String.format("%04X", character) + ")");
    assertThat(ServerName.of(URI.create("http://m" + Character.toString(0xfc) + "_y/")))
        .isPresent();
    assertThat(ServerName.of(URI.create("http://a" + Character.toString(character) + "b/")))
        .isEmpty();
  }
}
