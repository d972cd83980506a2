package io.actionscheduler.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DidYouMeanTest {
  private static final List<String> KNOWN = List.of("stdout", "kafka", "max_concurrent", "topic");

  @ParameterizedTest
  @CsvSource({"kafak, kafka", "Kafka, kafka", "stdou, stdout", "maxconcurent, max_concurrent"})
  void findsWhatWasMeant(String written, String meant) {
    assertThat(DidYouMean.nearest(written, KNOWN)).contains(meant);
    assertThat(DidYouMean.hint(written, KNOWN)).isEqualTo("; did you mean " + meant + "?");
  }

  @Test
  void saysNothingRatherThanGuessWildly() {
    assertThat(DidYouMean.nearest("webhook", KNOWN)).isEmpty();
    assertThat(DidYouMean.hint("", KNOWN)).isEmpty();
  }
}
