package io.actionscheduler.app.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.view.HistoryExport.Form;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.HistoryStore.Filter;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.store.MemoryStore;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The history as a file. */
class HistoryExportTest {
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

  private static Run run(int number, String name) {
    return new Run(
        new ProgressKey(ActionId.of(number), "stdout"),
        name,
        Stretch.of(AT.plusSeconds(number)),
        "",
        Cause.SCHEDULE,
        Run.Status.SUCCESS,
        Optional.of(AT),
        AT,
        1,
        0,
        "",
        "");
  }

  private static List<String> lines(MemoryStore store, Form form) throws Exception {
    StringBuilder file = new StringBuilder();
    new HistoryExport(
            store, List.of("action", "name"), entry -> HistoryForm.of(entry, ZoneOffset.UTC))
        .write(Filter.ALL, form, file::append);
    return file.toString().lines().toList();
  }

  @Test
  void everyRecordIsThereOnceHoweverManyPagesThereAre() throws Exception {
    MemoryStore store = new MemoryStore();
    for (int many : List.of(0, 1, 199, 200, 201, 1_000)) {
      List<Run> runs = new ArrayList<>();
      IntStream.range(0, many).forEach(i -> runs.add(run(i, "x")));
      try (MemoryStore fresh = new MemoryStore()) {
        fresh.addByHand(runs);
        assertThat(lines(fresh, Form.CSV)).hasSize(many + 1).startsWith("action,name");
        assertThat(lines(fresh, Form.JSONL)).hasSize(many).doesNotHaveDuplicates();
      }
    }
    store.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\uFF1D1"})
  void noTextIsAFormulaToASpreadsheet(String text) {
    assertThat(HistoryExport.cell(text).replace("\"", "")).startsWith("'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plain|plain",
        "a,b|\"a,b\"",
        "a;b|\"a;b\"",
        "say \"a\"|\"say \"\"a\"\"\"",
        "a-b|a-b"
      })
  void aCellIsQuotedWhereItMustBe(String text, String cell) {
    assertThat(HistoryExport.cell(text)).isEqualTo(cell);
  }

  @Test
  void aNegativeNumberStaysOne() {
    assertThat(HistoryExport.cell(-1.5)).isEqualTo("-1.5");
    assertThat(HistoryExport.cell(null)).isEmpty();
  }
}
