package io.actionscheduler.cli;

import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.fire.OpenFire;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.Store;
import io.actionscheduler.text.IsoTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what the internal store holds. */
@Command(
    name = "show",
    header = "Show up to which scheduled time each action is settled.",
    description = "Works beside a running scheduler, and without one.",
    footer = {
      "  action-scheduler progress show",
      "  action-scheduler progress show 7 --json",
    })
final class ProgressShowCommand implements Callable<Integer> {
  private final Shell shell;
  private final Globals globals;

  @Parameters(arity = "0..*", paramLabel = "ID", description = "Of these actions; none: of all.")
  private List<String> ids = List.of();

  @Option(names = "--json", description = "A JSON list.")
  private boolean json;

  ProgressShowCommand(Shell shell, Globals globals) {
    this.shell = shell;
    this.globals = globals;
  }

  @Override
  public Integer call() throws Exception {
    List<Progress> all = new ArrayList<>();
    ZoneId zone;
    try (Parts parts = globals.parts()) {
      Store store = DurableStore.of(parts);
      store.readAll(
          progress -> {
            if (ids.isEmpty() || ids.contains(progress.key().action().text())) {
              all.add(progress);
            }
          });
      zone = parts.settings().timezone();
    }
    all.sort(
        Comparator.comparing((Progress progress) -> progress.key().action())
            .thenComparing(progress -> progress.key().callback()));
    if (json) {
      JsonList list = new JsonList(shell.out());
      all.forEach(progress -> list.add(item(progress, zone)));
      list.end();
    } else {
      print(all, zone);
    }
    return Cli.FINE;
  }

  private void print(List<Progress> all, ZoneId zone) {
    Table table =
        new Table(shell.out(), shell.width().get(), ">ID", "CALLBACK", "SETTLED UNTIL", "STATE");
    for (Progress progress : all) {
      table.row(
          progress.key().action().text(),
          progress.key().callback(),
          IsoTime.text(progress.settledUntil(), zone),
          state(progress, zone));
    }
    table.end();
  }

  private static String state(Progress progress, ZoneId zone) {
    return progress
        .open()
        .map(
            open ->
                "in retry since attempt "
                    + open.attempts()
                    + ", again at "
                    + time(open.retryAt(), zone)
                    + ": "
                    + open.error())
        .orElse(progress.paused() ? "disabled" : "");
  }

  private static Map<String, Object> item(Progress progress, ZoneId zone) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("id", progress.key().action().text());
    item.put("callback", progress.key().callback());
    item.put("settled_until", IsoTime.text(progress.settledUntil(), zone));
    item.put("cron", progress.cron());
    item.put("timezone", progress.zone());
    item.put("disabled", progress.paused());
    item.put("retry", progress.open().map(open -> retry(open, zone)).orElse(null));
    return item;
  }

  private static Map<String, Object> retry(OpenFire open, ZoneId zone) {
    Map<String, Object> retry = new LinkedHashMap<>();
    retry.put("scheduled_time", IsoTime.text(open.scheduledAt(), zone));
    retry.put("attempts", open.attempts());
    retry.put("retry_at", time(open.retryAt(), zone));
    retry.put("error", open.error());
    return retry;
  }

  private static String time(Instant at, ZoneId zone) {
    return IsoTime.text(at, zone);
  }
}
