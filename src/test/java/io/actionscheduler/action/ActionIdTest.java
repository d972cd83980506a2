package io.actionscheduler.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActionIdTest {

  @Test
  void numbersSortAsNumbersAndBeforeTexts() {
    List<String> ids =
        Arrays.asList(
            "rest:2", "10", "9", "-1", "9223372036854775807", "9223372036854775808", "0", "007");
    assertThat(ids.stream().map(ActionId::new).sorted().map(ActionId::text))
        .containsExactly(
            "-1", "0", "9", "10", "9223372036854775807", "007", "9223372036854775808", "rest:2");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 42, Long.MAX_VALUE, Long.MIN_VALUE})
  void aNumberIsTheSameIdHoweverItWasGiven(long number) {
    ActionId id = new ActionId(Long.toString(number));
    assertThat(id).isEqualTo(ActionId.of(number)).hasSameHashCodeAs(ActionId.of(number));
    assertThat(id).isEqualByComparingTo(ActionId.of(number)).hasToString("" + number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"007", "-0", "-", "+1", "1.0", "9223372036854775808", "rest:1", " 1"})
  void anythingElseStaysTheTextItIs(String text) {
    assertThat(new ActionId(text).text()).isEqualTo(text);
    assertThat(new ActionId(text)).isGreaterThan(ActionId.of(Long.MAX_VALUE));
  }

  @Test
  void anEmptyIdIsRefused() {
    assertThatThrownBy(() -> new ActionId("")).isInstanceOf(IllegalArgumentException.class);
  }
}
