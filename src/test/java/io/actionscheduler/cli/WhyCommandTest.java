package io.actionscheduler.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.config.ConfigLoader;
import io.actionscheduler.fire.Account;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.LedgerEntry;
import io.actionscheduler.fire.Outcome;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Recording;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Run.Status;
import io.actionscheduler.fire.Session;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.text.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it is told from a store whose scheduler is off. */
@Tag("time")
class WhyCommandTest {
  private static final ProgressKey KEY = new ProgressKey(ActionId.of(7), "stdout");

  @TempDir private Path folder;
  private Installation here;

  /** Fires each minute from nine o'clock: three expired while nothing ran, the fourth was late. */
  @BeforeEach
  void keep() throws Exception {
    here = Installation.in(folder);
    Progress progress =
        new Progress(
            KEY,
            at(4),
            "* * * * *",
            "UTC",
            false,
            new Account(at(0), Optional.of(Outcome.DELIVERED), at(4), 1),
            Optional.empty());
    LedgerEntry expired =
        new LedgerEntry(KEY, at(0), Outcome.EXPIRED, new Stretch(at(1), at(3), 3));
    Run run =
        new Run(
            KEY,
            "report",
            Stretch.of(at(4)),
            "",
            Cause.SCHEDULE,
            Status.SUCCESS,
            Optional.of(at(4)),
            at(5),
            1,
            0,
            "",
            "");
    try (Parts parts =
        new Parts(
            ConfigLoader.load(folder.resolve("config.yaml"), folder.resolve(".env"), Map.of()),
            InstantSource.system())) {
      Store store = parts.store();
      store.own(() -> {});
      store.record(
          new Recording(
              1, List.of(progress), List.of(), List.of(expired), List.of(), List.of(run)));
      store.keepSession(new Session(at(-60), at(0)));
      store.keepSession(new Session(at(4), at(9)));
    }
  }

  private static Instant at(int minute) {
    return Instant.parse("2026-11-20T09:00:00Z").plusSeconds(60L * minute);
  }

  private Typed why(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "--config";
    all[1] = folder.resolve("config.yaml").toString();
    all[2] = "why";
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return Typed.command(all);
  }

  @Test
  void itTellsInWordsWhatBecameOfAFireAndWhatWasBehindIt() {
    Typed typed = why("7", "--at", "2026-11-20T09:02");

    assertThat(typed.code()).as(typed.err()).isZero();
    assertThat(typed.out().lines())
        .containsExactly(
            "stdout: expired: it was missed, and too old when it could have started: the scheduler was"
                + " not running from 2026-11-20T09:00:00Z to 2026-11-20T09:04:00Z",
            "  schedule: * * * * *",
            "  timezone: UTC",
            "  scheduled at: 2026-11-20T09:02:00+00:00",
            "  next run: id 1, status success, scheduled at 2026-11-20T09:04:00+00:00, started at"
                + " 2026-11-20T09:04:00+00:00, finished at 2026-11-20T09:05:00+00:00",
            "  outage: from 2026-11-20T09:00:00+00:00, to 2026-11-20T09:04:00+00:00");
  }

  @Test
  void programsReadTheSameAsFromTheApi() throws Exception {
    Typed typed = why("7", "--at", "2026-11-20T09:04:00Z", "--json");

    assertThat(typed.code()).as(typed.err()).isZero();
    Map<?, ?> form = (Map<?, ?>) Json.parse(typed.out());
    assertThat(form.get("job_id")).isEqualTo(7L);
    Map<?, ?> answer = (Map<?, ?>) ((List<?>) form.get("answers")).get(0);
    assertThat(answer.get("verdict")).isEqualTo("delivered");
    assertThat(((Map<?, ?>) answer.get("run")).get("id")).isEqualTo(1L);
  }

  @Test
  void whatNobodyKnowsFails() {
    assertThat(why("7", "--at", "2026-11-20T08:00").code()).isEqualTo(1);
    here.add("new", "x", "0 9 * * *");
    Typed unknown = why("1", "--at", "2026-11-20T09:02");
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.out()).isEqualTo("unknown: there is no ledger of this action\n");
    Typed notThere = why("report", "--at", "2026-11-20T09:02");
    assertThat(notThere.code()).isEqualTo(1);
    assertThat(notThere.err())
        .contains("no action has the id report; \"actions list\" shows the ids");
  }

  @Test
  void wrongUsageIsTold() {
    assertThat(why("7").code()).isEqualTo(2);
    assertThat(why("7", "--at", "yesterday").code()).isEqualTo(2);
    assertThat(why(" ", "--at", "2026-11-20T09:02").code()).isEqualTo(2);
    here.config(
        Installation.CONFIG.formatted(here.database()).replaceFirst("internal_db: .*\n", ""));
    assertThat(why("7", "--at", "2026-11-20T09:02").code()).isEqualTo(2);
  }
}
