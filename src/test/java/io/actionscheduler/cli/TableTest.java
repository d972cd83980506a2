package io.actionscheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {
  private static List<String> printed(OptionalInt width, String[]... rows) {
    var bytes = new ByteArrayOutputStream();
    Output out = Output.buffered(bytes);
    Table table = new Table(out, width, ">ID", "NAME", "COMMAND");
    for (String[] row : rows) {
      table.row(row);
    }
    table.end();
    out.flush();
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static String[] row(String... cells) {
    return cells;
  }

  @Test
  void columnsAreAlignedNumbersToTheRight() {
    assertThat(printed(OptionalInt.empty(), row("7", "report", "r"), row("123", "x", "go")))
        .containsExactly(
            " ID  NAME    COMMAND", //
            "  7  report  r",
            "123  x       go");
  }

  @Test
  void wideCharactersTakeTwoColumnsAndCombiningOnesNone() {
    assertThat(printed(OptionalInt.empty(), row("1", "日報", "a"), row("2", "e\u0301te", "b")))
        .containsExactly(
            "ID  NAME  COMMAND", //
            " 1  日報  a",
            " 2  e\u0301te   b");
  }

  @Test
  void whatATerminalWouldActUponIsShownEscaped() {
    assertThat(printed(OptionalInt.empty(), row("1", "a\nb", "\u001b[31mred\u202e")))
        .containsExactly("ID  NAME  COMMAND", " 1  a\\nb  \\u001b[31mred\\u202e");
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 40, 60, 80})
  void noLineIsWiderThanTheTerminal(int columns) {
    String wide = "日".repeat(50);
    List<String> lines =
        printed(OptionalInt.of(columns), row("1", wide, "x".repeat(500)), row("2", "b", "c"));
    assertThat(lines).hasSize(3);
    assertThat(lines).allMatch(line -> DisplayText.width(line) <= columns);
    assertThat(lines.get(1)).contains("…");
  }

  @Test
  void nothingIsCutInAPipe() {
    assertThat(printed(OptionalInt.empty(), row("1", "n", "x".repeat(5_000))).get(1))
        .endsWith("x".repeat(5_000));
  }

  @Test
  void aTableWithoutRowsIsItsHeading() {
    assertThat(printed(OptionalInt.empty())).containsExactly("ID  NAME  COMMAND");
  }

  @Test
  void manyRowsAreNotHeldBack() {
    var bytes = new ByteArrayOutputStream();
    Output out = Output.buffered(bytes);
    Table table = new Table(out, OptionalInt.empty(), "N");
    for (int i = 0; i < 100_000; i++) {
      table.row(Integer.toString(i));
    }
    assertThat(bytes.size()).isGreaterThan(500_000);
    table.end();
  }

  @ParameterizedTest
  @CsvSource({"'40 120', 120", "'40 10', -1", "'', -1", "'40', -1", "'40 x', -1"})
  void theWidthIsWhatSttySays(String size, int columns) {
    assertThat(TerminalWidth.columns(size).orElse(-1)).isEqualTo(columns);
  }
}
