package io.actionscheduler.cli;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.view.DeadLetterForm;
import io.actionscheduler.app.view.ProgressForm;
import io.actionscheduler.fire.DeadLetter;
import io.actionscheduler.fire.Outage;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.text.IsoTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the progress in the internal store. */
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

  @Parameters(
      arity = "0..*",
      paramLabel = "ID",
      description = "Ids of the actions; without any, all.")
  private List<String> ids = List.of();

  @Option(names = "--json", description = "A JSON list.")
  private boolean json;

  ProgressShowCommand(Shell shell, Globals globals) {
    this.shell = shell;
    this.globals = globals;
  }

  @Override
  public Integer call() throws Exception {
    try (Parts parts = globals.parts()) {
      ZoneId zone = parts.settings().timezone();
      Store store = DurableStore.of(parts);
      List<Progress> all = ProgressForm.read(store, this::isWanted);
      List<DeadLetter> letters = DeadLetterForm.read(store, this::isWanted);
      Map<String, Outage> outages = ProgressForm.outages(store);
      tellOwner(parts, store, zone);
      if (json) {
        JsonList list = new JsonList(shell.out());
        all.forEach(progress -> list.add(ProgressForm.of(progress, of(progress, outages), zone)));
        letters.forEach(
            letter -> list.add(DeadLetterForm.of(letter, waitsFor(parts, letter), zone)));
        list.end();
      } else {
        print(all, outages, letters, parts);
      }
      outages.values().forEach(outage -> printSource(outage, zone));
      return Cli.FINE;
    }
  }

  private void printSource(Outage outage, ZoneId zone) {
    outage
        .source()
        .ifPresent(
            source ->
                shell
                    .err()
                    .line(
                        "source "
                            + source
                            + " cannot be read since "
                            + IsoTime.text(outage.since(), zone)
                            + ": "
                            + outage.reason()
                            + "; its actions continue as they were read last"));
  }

  /**
   * Prints the owner of the store, where processes stand by for each other: it writes the progress.
   */
  private void tellOwner(Parts parts, Store store, ZoneId zone) throws StoreException {
    if (parts.settings().standby()) {
      shell
          .err()
          .line(
              store
                  .leaseHolder()
                  .map(
                      owner ->
                          "owner is "
                              + owner.text()
                              + ", lease until "
                              + IsoTime.text(owner.leaseUntil(), zone))
                  .orElse("owner is nobody: no scheduler runs, or one is about to take over"));
    }
  }

  private boolean isWanted(ActionId action) {
    return ids.isEmpty() || ids.contains(action.text());
  }

  private static Optional<String> waitsFor(Parts parts, DeadLetter letter) {
    String failedAt = letter.key().callback();
    return parts.settings().callbacks().containsKey(failedAt)
        ? parts.settings().limits(failedAt).deadLetter()
        : Optional.empty();
  }

  private static Optional<Outage> of(Progress progress, Map<String, Outage> outages) {
    return Optional.ofNullable(outages.get(progress.key().callback()));
  }

  private void print(
      List<Progress> all, Map<String, Outage> outages, List<DeadLetter> letters, Parts parts) {
    ZoneId zone = parts.settings().timezone();
    Table table =
        new Table(shell.out(), shell.width().get(), ">ID", "CALLBACK", "SETTLED UNTIL", "STATE");
    for (Progress progress : all) {
      table.row(
          progress.key().action().text(),
          progress.key().callback(),
          IsoTime.text(progress.settledUntil(), zone),
          ProgressForm.state(progress, of(progress, outages), zone));
    }
    for (DeadLetter letter : letters) {
      table.row(
          letter.key().action().text(),
          letter.key().callback(),
          IsoTime.text(letter.fire().scheduledAt(), zone),
          DeadLetterForm.state(letter, waitsFor(parts, letter)));
    }
    table.end();
  }
}
