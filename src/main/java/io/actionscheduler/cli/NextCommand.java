package io.actionscheduler.cli;

import io.actionscheduler.action.Action;
import io.actionscheduler.app.parts.CronReaders;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.view.ActionList;
import io.actionscheduler.app.view.AheadOfClock;
import io.actionscheduler.app.view.HourGrid;
import io.actionscheduler.app.view.InputText;
import io.actionscheduler.app.view.InvalidInput;
import io.actionscheduler.app.view.WeekPlan;
import io.actionscheduler.app.view.WeekStrip;
import io.actionscheduler.config.Settings;
import io.actionscheduler.schedule.InvalidSchedule;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.schedule.UnixDialect;
import io.actionscheduler.schedule.ZoneText;
import io.actionscheduler.text.CronReader;
import io.actionscheduler.text.FireTimes;
import io.actionscheduler.text.IsoTime;
import io.actionscheduler.text.Quoted;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows when an expression, or the actions of the table, fire next. */
@Command(
    name = "next",
    header = "Show the coming fire times of an expression, or of the actions.",
    description = {
      "CRON is any form of the cron column: crontab text, an interval, an instant, JSON.",
      "An expression needs no settings; if there is a config.yaml, its timezone and",
      "schedules.unix_dialect are used. Or it is the id of an action: 7, or rest:7."
    },
    footer = {
      "  action-scheduler next",
      "  action-scheduler next 7 rest:7",
      "  action-scheduler next --week",
      "  action-scheduler next '30 3 * * *' --timezone Europe/Berlin --count 3",
      "  action-scheduler next '*/5 * * * *' @daily 90s --after 2026-03-29T00:00:00Z --json",
      "  action-scheduler next '{\"format\": \"apscheduler\", \"params\": {\"day\": \"last"
          + " fri\"}}'",
      "  echo '{\"id\": 1, \"cron\": \"@hourly\", \"count\": 2}' | action-scheduler next --jsonl"
    })
final class NextCommand implements Callable<Integer> {
  private final Shell shell;
  private final Globals globals;

  @Parameters(
      paramLabel = "CRON",
      description = "Each in quotes, or ids of actions; without any, all actions.")
  private List<String> crons = List.of();

  @Option(
      names = "--timezone",
      paramLabel = "ZONE",
      description = "Zone of expressions that name none: Europe/Berlin, UTC, +02:00.")
  private String timezone;

  @Option(
      names = "--after",
      paramLabel = "TIME",
      description = "Only times strictly after this one; without it, after now.")
  private String after;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "10",
      description = "The most times of each expression, or of the table; ${DEFAULT-VALUE}.")
  private int count;

  @Option(names = "--json", description = "A JSON list.")
  private boolean json;

  @Option(
      names = "--week",
      description = {
        "Seven days as strips, from the day of --after or today: a line for each day, hours as",
        "columns, and how many fires there are. With CRON those of the expressions."
      })
  private boolean week;

  @Option(
      names = "--jsonl",
      description = {
        "Reads a question from each line of standard input, and answers it with a line:",
        "{\"id\", \"cron\", \"timezone\", \"after\" or \"before\", \"count\"}. Needs no settings."
      })
  private boolean jsonl;

  NextCommand(Shell shell, Globals globals) {
    this.shell = shell;
    this.globals = globals;
  }

  @Override
  public Integer call() throws Exception {
    if (count < 1 || count > FireTimes.MOST) {
      throw new WrongUsage("--count " + count + ": allowed are 1 to " + FireTimes.MOST);
    }
    if (jsonl) {
      return answerLines();
    }
    if (week && json) {
      throw new WrongUsage("--week draws; leave --json out, or --week");
    }
    if (crons.stream().allMatch(ActionIds::isId)) {
      return ofActions();
    }
    Optional<Settings> settings = globals.settingsIfAny();
    ZoneId zone = zone(settings);
    Instant from = from(zone);
    CronReader reader =
        settings.map(CronReaders::of).orElseGet(() -> CronReaders.of(UnixDialect.CRONTAB));
    Map<String, Timing> timings = timings(reader, zone);
    if (week) {
      LocalDate first = LocalDate.ofInstant(from, zone);
      drawWeek(WeekPlan.ofSchedules(timings.values(), first, zone), first, zone);
      return Cli.FINE;
    }
    timings.forEach(
        (cron, timing) -> {
          if (timing.schedule().next(from).isEmpty()) {
            shell.err().line(Quoted.quote(cron) + ": no fire after " + IsoTime.text(from, zone));
          }
        });
    if (json) {
      printJson(timings, from);
    } else if (timings.size() == 1) {
      timings.values().forEach(only -> times(only, from).forEach(shell.out()::line));
    } else {
      printTable(timings, from);
    }
    return Cli.FINE;
  }

  /** Of the actions whose ids are named, or of all. */
  private int ofActions() throws Exception {
    try (Parts parts = globals.parts()) {
      ZoneId zone = zone(Optional.of(parts.settings()));
      Instant from = from(zone);
      List<Action> actions = new ArrayList<>();
      if (crons.isEmpty()) {
        new ActionList(parts, shell.err()::line)
            .each(view -> view.action().ifPresent(actions::add));
      }
      for (String id : new LinkedHashSet<>(crons)) {
        Optional<Action> named = HandFired.action(shell, parts, id);
        named.ifPresent(actions::add);
        named.flatMap(action -> silence(action, zone, from)).ifPresent(shell.err()::line);
      }
      if (week) {
        LocalDate first = LocalDate.ofInstant(from, zone);
        drawWeek(WeekPlan.from(actions, first, zone), first, zone);
        return Cli.FINE;
      }
      AheadOfClock ahead = AheadOfClock.of(parts, shell.err()::line);
      new ComingTable(shell, timezone == null ? Optional.empty() : Optional.of(zone))
          .print(ahead.coming(parts.calendars().kept(actions, from), from, count), json);
      return Cli.FINE;
    }
  }

  /** Why {@code action} has no coming fires; empty where it has some. */
  private Optional<String> silence(Action action, ZoneId zone, Instant after) {
    if (!action.policy().enabled()) {
      return Optional.of(DisplayText.safe(action.label() + ": disabled, it does not fire"));
    }
    boolean fires = action.timing().schedule().next(after).isPresent();
    return fires
        ? Optional.empty()
        : Optional.of(
            DisplayText.safe(action.label() + ": no fire after " + IsoTime.text(after, zone)));
  }

  private void drawWeek(WeekPlan plan, LocalDate first, ZoneId zone) {
    StripText text = new StripText(shell.out(), shell.width().get());
    HourGrid grid = text.fitting(HourGrid.of(zone, first, 7), StripText.besidesOfWeek());
    text.print(WeekStrip.of(plan, first, grid));
  }

  private int answerLines() throws WrongUsage, IOException {
    if (!crons.isEmpty() || after != null || json || week) {
      throw new WrongUsage("--jsonl reads its questions only from standard input");
    }
    CronReader reader = CronReaders.of(UnixDialect.CRONTAB);
    FireTimes times = new FireTimes(reader, zone(Optional.empty()), shell.clock());
    new Answers(times, shell.in(), shell.out()).run();
    return Cli.FINE;
  }

  private void printJson(Map<String, Timing> timings, Instant from) {
    JsonList list = new JsonList(shell.out());
    timings.forEach(
        (cron, timing) -> {
          Map<String, Object> item = new LinkedHashMap<>();
          item.put("cron", cron);
          item.put("timezone", timing.zone().getId());
          item.put("next", times(timing, from));
          list.add(item);
        });
    list.end();
  }

  private void printTable(Map<String, Timing> timings, Instant from) {
    Table table = new Table(shell.out(), shell.width().get(), "CRON", "NEXT");
    timings.forEach((cron, timing) -> times(timing, from).forEach(time -> table.row(cron, time)));
    table.end();
  }

  private List<String> times(Timing timing, Instant from) {
    return FireTimes.next(timing, from, count);
  }

  private Map<String, Timing> timings(CronReader reader, ZoneId zone) throws WrongUsage {
    Map<String, Timing> timings = new LinkedHashMap<>();
    for (String cron : crons) {
      try {
        timings.put(cron, reader.read(cron, zone));
      } catch (InvalidSchedule e) {
        throw new WrongUsage(Quoted.quote(cron) + ": " + e.getMessage() + quoting(reader, zone));
      }
    }
    return timings;
  }

  /** A hint if the arguments together are a valid expression. */
  private String quoting(CronReader reader, ZoneId zone) {
    String together = String.join(" ", crons);
    try {
      reader.read(together, zone);
      return crons.size() == 1 ? "" : "; write it in quotes: '" + together + "'";
    } catch (InvalidSchedule e) {
      return "";
    }
  }

  private ZoneId zone(Optional<Settings> settings) throws WrongUsage {
    if (timezone == null) {
      return settings.map(Settings::timezone).orElseGet(ZoneId::systemDefault);
    }
    try {
      return ZoneText.read("--timezone", timezone);
    } catch (InvalidSchedule e) {
      throw new WrongUsage(e.getMessage());
    }
  }

  private Instant from(ZoneId zone) throws InvalidInput {
    return after == null ? shell.clock().instant() : InputText.time("--after", after, zone);
  }
}
