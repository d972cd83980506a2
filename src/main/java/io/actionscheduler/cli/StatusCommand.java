package io.actionscheduler.cli;

import io.actionscheduler.action.SourceException;
import io.actionscheduler.app.ask.OwnApi;
import io.actionscheduler.app.ask.Unanswered;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.view.StoredStatus;
import io.actionscheduler.app.view.Trouble;
import io.actionscheduler.app.view.Waits;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.http.HttpSettings.Right;
import io.actionscheduler.text.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How the running scheduler stands. */
@Command(
    name = "status",
    header =
        "Show whether the scheduler runs, what is wrong, what waits for what, what comes next.",
    description = {
      "Asks the HTTP API of the running scheduler where the settings have one, otherwise the",
      "internal store. Settings with only the hash of a key need the key in the variable",
      "ACTION_SCHEDULER_KEY."
    },
    footer = {
      "  action-scheduler status",
      "  action-scheduler status --json",
      "",
      "Exit codes: 0 all is well, 1 something is wrong or no scheduler runs, 2 neither the API nor",
      "the store can be asked, or wrong settings. Older time zone data alone are shown and give 0."
    })
final class StatusCommand implements Callable<Integer> {
  private static final String MILD = Trouble.Kind.ZONE_DATA.toString();

  private final Shell shell;
  private final Globals globals;

  @Option(names = "--json", description = "A JSON object.")
  private boolean json;

  StatusCommand(Shell shell, Globals globals) {
    this.shell = shell;
    this.globals = globals;
  }

  @Override
  public Integer call() throws Exception {
    try (Parts parts = globals.parts()) {
      Map<String, Object> status;
      try {
        status = status(parts);
      } catch (StoreException | Unanswered e) {
        tell("the scheduler cannot be asked: " + e.getMessage());
        return Cli.WRONG_USAGE;
      }
      if (json) {
        shell.out().line(Json.write(status));
      } else {
        new StatusText(shell).print(status);
      }
      return isWell(status) ? Cli.FINE : Cli.FAILED;
    }
  }

  private static boolean isWell(Map<String, Object> status) {
    return !Boolean.FALSE.equals(status.get("ready"))
        && StatusText.list(status, "problems").stream()
            .allMatch(one -> MILD.equals(one.get("kind")));
  }

  private Map<String, Object> status(Parts parts)
      throws Unanswered, StoreException, InterruptedException {
    Optional<OwnApi> api =
        parts.settings().cluster().isPresent() // whose processes know only their own parts
            ? Optional.empty()
            : OwnApi.of(parts.settings(), Right.READ, shell.environment());
    if (api.isPresent()) {
      try {
        return overview(api.get(), parts);
      } catch (Unanswered e) {
        if (parts.settings().internalDb().isEmpty()) {
          throw e;
        }
        if (!e.isNobodyListening()) {
          tell("asking the store instead of the API: " + e.getMessage());
        }
      }
    } else if (parts.settings().internalDb().isEmpty()) {
      throw Unanswered.nothingToAsk();
    }
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("asked", parts.store().label());
    status.putAll(StoredStatus.read(parts, parts.store()));
    status.put("waits", waits(parts));
    return status;
  }

  private Map<String, Object> overview(OwnApi api, Parts parts)
      throws Unanswered, InterruptedException {
    Map<String, Object> overview = api.get("/api/v1/overview");
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("asked", api.address());
    status.put("running", true);
    for (String member : List.of("now", "version", "environment", "ready", "engine", "sources")) {
      status.put(member, overview.get(member));
    }
    status.put("problems", overview.get("problems"));
    status.put("next", overview.get("next"));
    try {
      status.put("waits", waits(parts));
    } catch (StoreException e) {
      tell("what waits is not known: " + e.getMessage());
    }
    return status;
  }

  private List<Map<String, Object>> waits(Parts parts) throws StoreException {
    List<Map<String, Object>> waits = new ArrayList<>();
    try {
      Waits.blackout(parts.calendars().now(), parts.clock().instant()).ifPresent(waits::add);
    } catch (SourceException e) {
      tell("cannot tell whether a blackout is in force: " + e.getMessage());
    }
    Waits.of(parts.store(), parts.settings()).forEach(wait -> waits.add(wait.form()));
    return waits;
  }

  private void tell(String text) {
    shell.err().line(DisplayText.safe(text));
  }
}
