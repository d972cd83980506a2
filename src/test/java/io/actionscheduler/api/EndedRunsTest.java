package io.actionscheduler.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.fire.HistoryStore.Filter;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.store.MemoryStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndedRunsTest {
  private static final String LONG = "x".repeat(65_000);

  private static Run run(int number, String output) {
    Instant at = Instant.parse("2026-11-20T10:00:00Z").plusSeconds(number);
    return new Run(
        new ProgressKey(ActionId.of(7), "python_code"),
        "report",
        Stretch.of(at),
        "",
        Cause.SCHEDULE,
        Run.Status.SUCCESS,
        Optional.of(at),
        at,
        1,
        0,
        "",
        output);
  }

  private static List<Object> numbers(EndedRuns page) {
    return page.views().stream().map(view -> view.get("id")).toList();
  }

  /** A few clients that ask for pages of 500 runs must not fill the memory of the scheduler. */
  @Test
  void aPageShowsTwoMebibytesOfLogsAndSaysWhereTheOthersAre() throws Exception {
    try (MemoryStore store = new MemoryStore()) {
      List<Run> runs = new ArrayList<>();
      for (int i = 0; i < 120; i++) {
        runs.add(run(i, i % 2 == 0 ? LONG : "short\n"));
      }
      store.addByHand(runs);
      List<Entry> all = store.history(Filter.ALL, Long.MAX_VALUE, 1_000);

      EndedRuns page = EndedRuns.of(store, Filter.ALL, Long.MAX_VALUE, 0, 500);

      assertThat(numbers(page)).isEqualTo(all.stream().map(Entry::number).toList());
      assertThat(page.entries()).allSatisfy(one -> assertThat(one.run().output()).isEmpty());
      assertThat(page.views().stream().filter(view -> view.get("logs").equals(LONG))).hasSize(32);
      assertThat(page.views().stream().filter(view -> view.get("logs").equals("short\n")))
          .hasSize(60);
      Object last = page.views().get(119).get("id");
      assertThat(page.views().get(119).get("logs"))
          .isEqualTo(
              "[left out: this page has more than 2 MiB of logs; GET /api/v1/runs/"
                  + last
                  + " shows them]\n");
    }
  }

  @Test
  void aPageInPartsIsTheSamePage() throws Exception {
    try (MemoryStore store = new MemoryStore()) {
      List<Run> runs = new ArrayList<>();
      for (int i = 0; i < 120; i++) {
        runs.add(run(i, "short\n"));
      }
      store.addByHand(runs);
      List<Entry> all = store.history(Filter.ALL, Long.MAX_VALUE, 1_000);

      for (int most : new int[] {0, 1, 49, 50, 51, 100, 110, 500}) {
        assertThat(numbers(EndedRuns.of(store, Filter.ALL, Long.MAX_VALUE, 10, most)))
            .isEqualTo(all.stream().skip(10).limit(most).map(Entry::number).toList());
        assertThat(numbers(EndedRuns.of(store, Filter.ALL, all.get(19).number(), 0, most)))
            .isEqualTo(all.stream().skip(20).limit(most).map(Entry::number).toList());
      }
    }
  }
}
