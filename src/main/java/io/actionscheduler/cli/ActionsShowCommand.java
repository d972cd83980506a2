package io.actionscheduler.cli;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.view.ActionForm;
import io.actionscheduler.app.view.ActionList;
import io.actionscheduler.app.view.ActionView;
import io.actionscheduler.app.view.AheadOfClock;
import io.actionscheduler.source.ActionRow;
import io.actionscheduler.text.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows one row and its meaning. */
@Command(
    name = "show",
    header = "Show one action: its row, and the values in force for it.",
    footer = {
      "  action-scheduler actions show 7",
      "  action-scheduler actions show 7 --json",
    })
final class ActionsShowCommand implements Callable<Integer> {
  private static final int TIMES = 3;

  private final Shell shell;
  private final Globals globals;

  @Parameters(paramLabel = "ID", description = "Id of the action.")
  private String id;

  @Option(names = "--json", description = "A JSON object.")
  private boolean json;

  @Option(names = "--yaml", description = "The row in the form of sample_actions.yaml.")
  private boolean yaml;

  ActionsShowCommand(Shell shell, Globals globals) {
    this.shell = shell;
    this.globals = globals;
  }

  @Override
  public Integer call() throws Exception {
    try (Parts parts = globals.parts()) {
      ActionId wanted = ActionIds.read(id);
      ActionView view =
          new ActionList(parts, shell.err()::line)
              .find(wanted)
              .orElseThrow(() -> new NoSuchAction(wanted));
      Instant from =
          AheadOfClock.of(parts, shell.err()::line).from(wanted, shell.clock().instant());
      ActionRow row = view.row();
      if (yaml) {
        YamlList list = new YamlList(shell.out());
        list.add(ActionForm.of(row));
        list.end();
      } else if (json) {
        Map<String, Object> item = ActionForm.complete(row);
        item.putAll(view.meaning(from, TIMES));
        shell.out().line(Json.write(item));
      } else {
        print(view, from);
      }
      return Cli.FINE;
    }
  }

  private void print(ActionView view, Instant from) {
    Map<String, Object> all = ActionForm.of(view.row());
    all.putAll(view.meaning(from, TIMES));
    int width = all.keySet().stream().mapToInt(String::length).max().orElse(0);
    all.forEach(
        (name, value) -> {
          String text = text(value);
          shell.out().line((name + " ".repeat(width - name.length() + 2) + DisplayText.safe(text)));
        });
  }

  private static String text(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(Object::toString).collect(Collectors.joining(", "));
    }
    return value instanceof String plain ? plain : Json.write(value);
  }
}
