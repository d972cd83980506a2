package io.actionscheduler.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
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
        "crons: [* * * * *]; *; write \"*…\"",
        "crons: [a, @daily]; @; write \"@…\"",
        "{minute: *, hour: 3}; *; write minute: \"*…\"",
        "text: {name} is due; {; write text: \"{…\"",
        "url: {parameters.url}/x; {; write url: \"{…\"",
        "text: [urgent] {name}; [; write text: \"[…\"",
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

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "a: b: c; a colon and a space; 4; write a: \"…: …\"",
        "- text: Failed: {name}; a colon and a space; 9; write text: \"…: …\"",
        "subject: Attention:; a colon and a space; 10; write subject: \"…: …\"",
        "{a: ${X}}; {; 5; write a: \"…{…}\"",
        "{b: 1, url: http://${HOST}/x}; {; 13; write url: \"…{…}\"",
        "[a, ${X:b}]; {; 5; write \"…{…}\"",
        "{text: Hello {name}}; {; 8; write text: \"…{…}\"",
      })
  void aValueWithASignOfYamlInItNeedsQuotes(String text, String what, int column, String remedy) {
    assertThatThrownBy(() -> Yaml.parse("# first line\n" + text))
        .isInstanceOfSatisfying(
            InvalidYaml.class,
            fault -> {
              assertThat(fault)
                  .hasMessage("a value with " + what + " in it needs quotes here; " + remedy);
              assertThat(fault.line()).isEqualTo(2);
              assertThat(fault.column()).isEqualTo(column);
            });
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "a:\u00a0b; 1; \"a:\" is followed by no-break space (U+00A0); a space",
        "x: 1¶a:\u00a0b; 2; \"a:\" is followed by no-break space (U+00A0); a space",
        "kafka:\u00a0¶  server: x; 1; \"kafka:\" is followed by no-break space (U+00A0); a space",
        "kafka:¶  server:\u200bx¶  topic: b; 2; \"server:\" is followed by zero width space (U+200B); a space",
        "a: 1¶- \"b\":\u3000c; 2; \"- \"b\":\" is followed by ideographic space (U+3000); a space",
        "-\u00a0a¶-\u00a0b; 1; \"-\" is followed by no-break space (U+00A0); a space",
        "x: 1¶a\uff1a b; 2; \"a\" is followed by fullwidth colon (U+FF1A); a colon and a space",
        "x: 1¶a\u200b: b; 2; \"a\\u200b\" ends with zero width space (U+200B); leave it out",
        "x: 1¶a\u00a0: b; 2; \"a\\u00a0\" ends with no-break space (U+00A0); leave it out",
      })
  void aSpaceThatIsNoneIsNamedWithItsLine(String text, int line, String fault, String remedy) {
    assertThatThrownBy(() -> Yaml.parse(text.replace('¶', '\n')))
        .isInstanceOfSatisfying(
            InvalidYaml.class,
            e -> {
              assertThat(e).hasMessageStartingWith(fault).hasMessageEndingWith(remedy);
              assertThat(e.line()).isEqualTo(line);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"- ", "{", "[", "a: ", "- a: ", ", ", "? ", "a.b"})
  void aLongLineIsToldLikeAShortOne(String part) {
    String line = part.repeat(120_000 / part.length());
    assertThatThrownBy(() -> Yaml.parse("a: 1\n" + line + ": * *")).isInstanceOf(InvalidYaml.class);
  }

  @Test
  void lettersOfAnyLanguageStayAndSoDoSpacesInText() throws InvalidYaml {
    assertThat(Yaml.parse("größe: Note:\u00a0x\n名前: a–b\nb–c: 1").orElseThrow().plain())
        .isEqualTo(Map.of("größe", "Note:\u00a0x", "名前", "a–b", "b–c", 1L));
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
