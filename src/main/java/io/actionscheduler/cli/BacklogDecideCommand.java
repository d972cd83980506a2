package io.actionscheduler.cli;

import io.actionscheduler.app.edit.Editor;
import io.actionscheduler.app.manual.BacklogDecisions;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.view.BacklogList;
import io.actionscheduler.app.view.InputText;
import io.actionscheduler.fire.BacklogDecision;
import io.actionscheduler.fire.Store;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Decides what happens to missed fires that are held. */
@Command(
    name = "decide",
    header = "Decide what happens to missed fires that wait.",
    description = {
      "deliver: delivers each of them, however old; merge: delivers the last one, for all of",
      "them; drop: delivers none, and the ledger has them as dropped; rule: continues by the",
      "row, at once.",
      "The decision is stored, and the running scheduler takes it within some seconds."
    },
    footer = {
      "  action-scheduler backlog decide deliver 7",
      "  action-scheduler backlog decide merge 7 8",
      "  action-scheduler backlog decide drop --all"
    })
final class BacklogDecideCommand implements Callable<Integer> {
  private final Shell shell;
  private final Globals globals;

  @Parameters(index = "0", paramLabel = "DECISION", description = "deliver, merge, drop or rule.")
  private String decision;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "ID",
      description = "Ids of the actions.")
  private List<String> ids = List.of();

  @Option(names = "--all", description = "Everything that waits.")
  private boolean all;

  BacklogDecideCommand(Shell shell, Globals globals) {
    this.shell = shell;
    this.globals = globals;
  }

  @Override
  public Integer call() throws Exception {
    ActionIds.requireSomeOrAll(ids, all);
    Set<BacklogDecision> meant =
        InputText.words("DECISION", List.of(decision), BacklogDecision.class);
    try (Parts parts = globals.parts()) {
      Store store = DurableStore.of(parts);
      Set<String> missing = new TreeSet<>(ids);
      List<BacklogList.Row> rows =
          BacklogList.read(parts, store, shell.err()::line).rows().stream()
              .filter(row -> all || ids.contains(row.key().action().text()))
              .toList();
      rows.forEach(row -> missing.remove(row.key().action().text()));
      new BacklogDecisions(store, shell.clock())
          .keep(meant.iterator().next(), rows, Editor.ofCommand());
      long fires = rows.stream().mapToLong(row -> row.share().due()).sum();
      shell
          .out()
          .line(
              "%s: decided for %d missed fires of %d actions"
                  .formatted(decision, fires, rows.size()));
      missing.forEach(
          id -> shell.err().line("no fires of action " + DisplayText.safe(id) + " wait"));
      return missing.isEmpty() ? Cli.FINE : Cli.FAILED;
    }
  }
}
