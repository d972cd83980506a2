package io.actionscheduler.cli;

import io.actionscheduler.action.SourceException;
import io.actionscheduler.app.check.TableProblem;
import io.actionscheduler.app.check.Validation;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.parts.ZoneSetup;
import io.actionscheduler.app.view.ActionList;
import io.actionscheduler.app.view.ZoneView;
import io.actionscheduler.config.InvalidConfig;
import io.actionscheduler.config.Problem;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.zone.Zones;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks settings and rows without running. */
@Command(
    name = "validate",
    header =
        "Check the settings and all actions, of the table and of REST services, without running.",
    description = {
      "Prints a line for each problem: rows that cannot be understood, and schedules that",
      "never fire. If jobs of the Python program are found, or its dialect is set, also rows",
      "that it reads differently, with the next three times of both readings.",
      "Exits with 1 when a row has a problem, with 2 when the settings have one."
    },
    footer = {
      "  action-scheduler validate",
      "  action-scheduler validate --config /etc/action-scheduler.yaml --json"
    })
final class ValidateCommand implements Callable<Integer> {
  private final Shell shell;
  private final Globals globals;

  @Option(names = "--json", description = "A JSON list with an object for each problem.")
  private boolean json;

  ValidateCommand(Shell shell, Globals globals) {
    this.shell = shell;
    this.globals = globals;
  }

  @Override
  public Integer call() throws Exception {
    JsonList list = new JsonList(shell.out());
    try (Parts parts = globals.parts()) {
      parts.settings().warnings().forEach(warning -> shell.err().line(warning.toString()));
      Validation.Result result = new Validation(parts).run(problem -> tell(problem, list));
      if (json) {
        list.end();
      } else {
        tellZones(parts);
        shell.err().line(result.summary());
      }
      return result.isSound() ? Cli.FINE : Cli.FAILED;
    } catch (InvalidConfig e) {
      if (json) {
        e.problems().forEach(problem -> list.add(item(problem)));
        list.end();
        return Cli.WRONG_USAGE;
      }
      throw e;
    }
  }

  /** Prints which time zone data were used, and where others differ. */
  private void tellZones(Parts parts) throws SourceException, StoreException {
    ZoneSetup.fault(parts.settings()).ifPresent(fault -> shell.err().line(fault));
    if (Zones.isInstalled()) {
      ZoneView zones = new ZoneView(Zones.inForce(), parts.settings().timezone());
      new ActionList(parts, unreachable -> {})
          .each(view -> view.action().ifPresent(zones::add)); // printed above
      shell.err().line(DisplayText.safe(zones.summary(parts.clock().instant())));
      Zones.inForce().faults().forEach(fault -> shell.err().line("time zone data: " + fault));
    }
  }

  private void tell(TableProblem problem, JsonList list) {
    if (json) {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("kind", problem.kind().toString());
      item.put("action", problem.action());
      item.put("message", problem.message());
      list.add(item);
    } else {
      shell.out().line(problem.message());
    }
  }

  private static Map<String, Object> item(Problem problem) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("kind", "settings");
    item.put("source", problem.source());
    item.put("key", problem.key());
    item.put("message", problem.message());
    return item;
  }
}
