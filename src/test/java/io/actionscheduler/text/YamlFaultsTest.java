package io.actionscheduler.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlFaultsTest {
  /** The library names the end of the file, where nothing is wrong. */
  @ParameterizedTest
  @ValueSource(strings = {"\"0 9 * * *", "'0 9 * * *"})
  void aQuoteThatIsNotClosedIsToldWhereItBegins(String value) {
    assertThatThrownBy(() -> Yaml.parse("a: 1\ncron: " + value + "\nb: 2\n"))
        .isInstanceOfSatisfying(
            InvalidYaml.class,
            fault -> {
              assertThat(fault).hasMessage("the quote that begins here is not closed");
              assertThat(fault.line()).isEqualTo(2);
              assertThat(fault.column()).isEqualTo(7);
            });
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "cron: * * * * *; *; write cron: \"* * * * *\"",
        "cron: */5 * * * *; *; write cron: \"* * * * *\"",
        "cron: @daily; @; write cron: \"@…\"",
        "command: %Y; %; write command: \"%…\"",
        "command: `date`; `; write command: \"`…\"",
        "command: | 5; |; write command: \"|…\"",
        "cron: &x * * *; &; write cron: \"&…\"",
        "- * * * * *; *; write \"*…\"",
        "{name: a, cron: * * * * *}; *; write cron: \"* * * * *\"",
        "{name: a, cron: @daily, command: b}; @; write cron: \"@…\"",
        "cron: - 5m; -; write cron: \"-…\"",
        "cron: ? 9; ?; write cron: \"?…\"",
      })
  void aValueThatBeginsWithASignOfYamlNeedsQuotes(String line, String sign, String remedy) {
    assertThatThrownBy(() -> Yaml.parse("- a\n" + (line.startsWith("-") ? "" : "- ") + line))
        .isInstanceOfSatisfying(
            InvalidYaml.class,
            fault -> {
              assertThat(fault)
                  .hasMessage("a value that begins with " + sign + " needs quotes; " + remedy);
              assertThat(fault.line()).isEqualTo(2);
            });
  }

  @Test
  void theValueItselfIsNotShownAsItMayBeASecret() {
    assertThatThrownBy(() -> Yaml.parse("password: @hunter2")).message().doesNotContain("hunter2");
  }

  @Test
  void anIndentationOfNoBreakSpacesIsNamed() {
    assertThatThrownBy(() -> Yaml.parse("actions_db:\n\u00a0\u00a0dialect: sqlite"))
        .isInstanceOf(InvalidYaml.class)
        .hasMessageStartingWith("\"\\u00a0\\u00a0dialect\" begins with no-break space (U+00A0)")
        .hasMessageEndingWith("write spaces");
  }

  @Test
  void whatIsNotSeenIsEscapedInMessages() {
    assertThat(Quoted.quote("sqlite\u00a0")).isEqualTo("\"sqlite\\u00a0\"");
    assertThat(Quoted.visible("data\u200bbase")).isEqualTo("data\\u200bbase");
    assertThat(Quoted.quote("Grüße, 世界 😀")).isEqualTo("\"Grüße, 世界 😀\"");
  }
}
