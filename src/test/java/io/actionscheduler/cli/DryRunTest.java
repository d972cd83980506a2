package io.actionscheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.text.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DryRunTest {
  @TempDir private Path folder;
  private Installation here;

  @BeforeEach
  void install() {
    here = Installation.in(folder);
    here.add("report", "make", "30 3 * * *");
  }

  @Test
  void anEditIsShownAndNotMade() throws Exception {
    Typed edit = here.type("actions", "edit", "1", "--cron", "0 4 * * *", "--dry-run");
    assertThat(edit.code()).as(edit.err()).isZero();
    Map<?, ?> shown = (Map<?, ?>) Json.parse(edit.out());
    assertThat((List<?>) ((Map<?, ?>) shown.get("before")).get("next"))
        .first()
        .isEqualTo("2026-11-21T03:30:00+00:00");
    assertThat((List<?>) ((Map<?, ?>) shown.get("after")).get("next"))
        .first()
        .isEqualTo("2026-11-21T04:00:00+00:00");
    assertThat(here.type("actions", "list").out()).contains("30 3 * * *");
  }

  @Test
  void aNewActionIsShownAndNotAdded() {
    String[] add = {"actions", "add", "--name", "n", "--command", "c", "--cron", "1h", "--dry-run"};
    Typed added = here.type(add);
    assertThat(added.out()).startsWith("{\"before\":null,\"after\":{");
    assertThat(here.type("actions", "list").lines()).hasSize(2);
  }

  @Test
  void whatCannotBeUnderstoodIsRefusedAsWithoutIt() {
    Typed edit = here.type("actions", "edit", "1", "--cron", "61 * * * *", "--dry-run");
    assertThat(edit.code()).isEqualTo(2);
    assertThat(edit.err()).contains("action 1 \"report\": cron");
    assertThat(here.type("actions", "edit", "9", "--name", "x", "--dry-run").code()).isEqualTo(1);
  }
}
