package io.actionscheduler.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DotEnvTest {
  private final Problems problems = new Problems();

  private Map<String, Variables.Variable> read(String text) {
    return DotEnv.read(text, ".env", problems);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "A=b                  | b",
        "  A = b c            | b c",
        "export A=b           | b",
        "export\tA=b          | b",
        "A=b # comment        | b",
        "A=b#c                | b#c",
        "A=# comment          | ``",
        "A=                   | ``",
        "A=\"b # c\" # d      | b # c",
        "A='b # c'            | b # c",
        "A=\"b\\nc\\td\"      | `b\nc\td`",
        "A=\"b\\\"c\\\\d\\e\" | b\"c\\d\\e",
        "A='b\\nc'            | b\\nc",
        "A=b\"c\"             | b\"c\"",
        "A=b=c                | b=c",
        "A={\"b\": \"c\"}     | {\"b\": \"c\"}",
        "A=ключ               | ключ",
        "A=1\\nA=2            | 2",
      })
  void aLineIsReadAsShellsDo(String line, String value) {
    String text = line.equals("A=1\\nA=2") ? "A=1\nA=2" : line;

    assertThat(read(text).get("A").value()).isEqualTo(value);
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void aQuotedValueMayGoOverSeveralLines() {
    var variables = read("A=\"one\ntwo\"\r\nB='three\r\nfour'\r\nC=five");

    assertThat(variables.get("A").value()).isEqualTo("one\ntwo");
    assertThat(variables.get("B").value()).isEqualTo("three\nfour");
    assertThat(variables.get("C").source()).hasToString(".env:5");
  }

  @Test
  void emptyLinesCommentsAndExportsAloneSayNothing() {
    assertThat(read("\n  \n# A=b\n  # c\nexport A\nB\n")).isEmpty();
    assertThat(problems.list()).isEmpty();
  }

  @Test
  void whatIsNotUnderstoodIsToldWithItsLineAndTheRestIsRead() {
    var variables = read("A=1\nno assignment\nB=\"open\nC='x' y\nD=2\n=3\n");

    assertThat(variables).containsOnlyKeys("A", "D");
    assertThat(problems.list())
        .extracting(Problem::toString)
        .containsExactly(
            ".env:2: the line is not understood; allowed: NAME=value, export NAME=value, # comment",
            ".env:3: B: the quote \" is not closed",
            ".env:4: C: more text after the closing quote; quote the whole value",
            ".env:6: the line is not understood; allowed: NAME=value, export NAME=value, #"
                + " comment");
  }
}
