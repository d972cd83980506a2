package io.actionscheduler.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OddCharactersTest {
  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0\u00a09 * * *| character 2 is no-break space (U+00A0) | write a space",
        "0\u00a09\u00a0*\u00a0*\u00a0*| character 2 is no-break space (U+00A0) | write a space",
        "0 9 * * 1\u20135| character 10 is en dash (U+2013) | write -",
        "0 9 * * \u2217| character 9 is asterisk operator (U+2217) | type it anew",
        "\ufeff0 9 * * *| character 1 is zero width no-break space (U+FEFF) | leave it out",
        "0 9 * *\u200b *| character 8 is zero width space (U+200B) | leave it out",
        "1\u00adh| character 2 is soft hyphen (U+00AD) | leave it out",
        "0 9 * * *\u00a0| character 10 is no-break space (U+00A0) | leave it out",
        "\u00a0\u20030 9 * * *| character 1 is no-break space (U+00A0) | leave it out",
        "\ud83d\ude00 9\u3000* *| character 4 is ideographic space (U+3000) | write a space",
      })
  void whatIsNotSeenIsNamedByItsCodePoint(String text, String named, String remedy) {
    assertThatThrownBy(() -> Parsing.utc(text))
        .isInstanceOf(InvalidSchedule.class)
        .hasMessageStartingWith(named)
        .hasMessageEndingWith(remedy.equals("type it anew") ? "keyboard" : remedy);
  }

  @Test
  void aMemberOfAJsonFormIsNamedWithIt() {
    assertThatThrownBy(
            () ->
                Parsing.timing(
                    Parsing.form("apscheduler", Map.of("hour", "1\u20135")), ZoneOffset.UTC))
        .hasMessageStartingWith("hour \"1\u20135\": character 2 is en dash (U+2013)");
    assertThatThrownBy(
            () ->
                Parsing.timing(
                    Parsing.form("unix", Map.of("value\u00a0", "* * * * *")), ZoneOffset.UTC))
        .hasMessageStartingWith("character 6 is no-break space (U+00A0)");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "Europe/Berlin\u00a0, 14 is no-break space (U+00A0)",
        "\u00a0Europe/Berlin, 1 is no-break space (U+00A0)",
        "Europe/\u00a0Berlin, 8 is no-break space (U+00A0)"
      })
  void theRemedyForASpaceInAZoneNameIsToLeaveItOut(String zone, String named) {
    assertThatThrownBy(() -> ZoneText.read("timezone", zone))
        .hasMessageContaining("character " + named)
        .hasMessageEndingWith("leave it out");
  }

  @Test
  void lettersOfAnyLanguageAreNotOdd() {
    assertThat(OddCharacters.named("Täglich – не".replace('–', '-'))).isEmpty();
    assertThat(OddCharacters.named("毎日 9\t*")).isEmpty();
  }
}
