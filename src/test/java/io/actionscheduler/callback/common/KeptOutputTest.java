package io.actionscheduler.callback.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptOutputTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16_383, 16_384, 16_385, 40_000, 65_472})
  void whatIsShortIsKeptWhole(int length) {
    String text = numbers(length);
    KeptOutput output = added(KeptOutput.ofBothEnds(), text);
    assertThat(output.isCut()).isFalse();
    assertThat(output.text()).isEqualTo(text);
    assertThat(added(KeptOutput.ofBeginning(), text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(ints = {65_473, 65_600, 100_000, 1_000_003})
  void ofWhatIsLongTheEndsAreKeptAndTheRestIsCounted(int length) {
    String text = numbers(length);
    KeptOutput output = added(KeptOutput.ofBothEnds(), text);
    int tail = 65_472 - 16_384;
    assertThat(output.isCut()).isTrue();
    assertThat(output.text())
        .isEqualTo(
            text.substring(0, 16_384)
                + "\n["
                + (length - 65_472)
                + " bytes cut here]\n"
                + text.substring(length - tail))
        .hasSizeLessThanOrEqualTo(KeptOutput.MOST);
    assertThat(added(KeptOutput.ofBeginning(), text).text())
        .isEqualTo(text.substring(0, 65_472) + "\n[cut here]");
  }

  @Test
  void nothingOfALetterIsLostWhereItComesInPieces() {
    KeptOutput output = KeptOutput.ofBothEnds();
    for (byte each : "Жук".getBytes(StandardCharsets.UTF_8)) {
      output.add(new byte[] {each}, 0, 1);
    }
    assertThat(output.text()).isEqualTo("Жук");
  }

  /** In pieces of any size. */
  private static KeptOutput added(KeptOutput output, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    Random random = new Random(bytes.length);
    for (int from = 0; from < bytes.length; ) {
      int length = Math.min(bytes.length - from, 1 + random.nextInt(70_000));
      output.add(bytes, from, length);
      from += length;
    }
    return output;
  }

  private static String numbers(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; text.length() < length; i++) {
      text.append(i).append(' ');
    }
    return text.substring(0, length);
  }
}
