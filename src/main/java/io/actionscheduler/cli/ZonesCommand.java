package io.actionscheduler.cli;

import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.app.view.ActionList;
import io.actionscheduler.app.view.InputText;
import io.actionscheduler.app.view.ZoneView;
import io.actionscheduler.text.IsoTime;
import io.actionscheduler.zone.ZoneData;
import io.actionscheduler.zone.Zones;
import java.time.Instant;
import java.time.Year;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows which time zone data are in force, and their effect on the actions. */
@Command(
    name = "zones",
    header = "Show the time zones in use, the origin of their data, and coming changes.",
    description = {
      "Countries change their rules, and new time zone data follow. The newest data of",
      "system, jar and JDK are in force (setting timezones.data).",
      "Without an option it shows the zones that actions use."
    },
    footer = {
      "  action-scheduler zones",
      "  action-scheduler zones --diff",
      "  action-scheduler zones --diff --since 1970-01-01 --json",
      "  action-scheduler zones --changes 2027"
    })
final class ZonesCommand implements Callable<Integer> {
  private final Shell shell;
  private final Globals globals;

  @Option(
      names = "--diff",
      description =
          "The differences of other sources from the data in force, and the actions that they"
              + " concern; zones in use come first.")
  private boolean diff;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "With --diff: only from this moment on; without it, from a year ago.")
  private String since;

  @Option(
      names = "--changes",
      paramLabel = "YEAR",
      description = "All clock changes of that year in zones in use.")
  private Integer year;

  @Option(names = "--json", description = "A JSON list.")
  private boolean json;

  ZonesCommand(Shell shell, Globals globals) {
    this.shell = shell;
    this.globals = globals;
  }

  @Override
  public Integer call() throws Exception {
    if (diff && year != null || since != null && !diff) {
      throw new WrongUsage("--diff, with or without --since, and --changes: one of them at a time");
    }
    if (year != null && (year < 1970 || year > 2100)) {
      throw new WrongUsage("--changes " + year + ": allowed are years from 1970 to 2100");
    }
    try (Parts parts = globals.parts()) {
      ZoneData data = Zones.inForce();
      ZoneView zones = new ZoneView(data, parts.settings().timezone());
      new ActionList(parts, shell.err()::line).each(view -> view.action().ifPresent(zones::add));
      Instant now = parts.clock().instant();
      if (diff) {
        ZoneId zone = parts.settings().timezone();
        Instant from =
            since == null
                ? now.atOffset(ZoneOffset.UTC).minusYears(1).toInstant()
                : InputText.time("--since", since, zone);
        print(zones.differences(from, true));
      } else if (year != null) {
        printChanges(zones.changes(start(year), start(year + 1)));
      } else {
        print(zones.inUse(now), data);
      }
      data.faults().forEach(fault -> shell.err().line("time zone data: " + fault));
      return Cli.FINE;
    }
  }

  private static Instant start(int year) {
    return Year.of(year).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  private void print(List<ZoneView.InUse> zones, ZoneData data) {
    if (json) {
      JsonList list = new JsonList(shell.out());
      for (ZoneView.InUse zone : zones) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("zone", zone.zone());
        item.put("offset", zone.offset().getId());
        item.put("source", zone.source());
        item.put("next_change", zone.next().map(next -> (Object) at(next)).orElse(null));
        item.put("next_offset", zone.next().map(next -> (Object) after(next)).orElse(null));
        item.put("actions", zone.actions().size());
        list.add(item);
      }
      list.end();
      return;
    }
    shell.out().line("time zone data " + ZoneView.origin(data.first()));
    String others =
        data.sources().stream().skip(1).map(ZoneView::origin).collect(Collectors.joining("; "));
    if (!others.isEmpty()) {
      shell.out().line("also there: " + others);
    }
    Table table = table("ZONE", "NOW", "NEXT CHANGE", "THEN", "SOURCE", ">ACTIONS");
    for (ZoneView.InUse zone : zones) {
      table.row(
          zone.zone(),
          zone.offset().getId(),
          zone.next().map(ZonesCommand::at).orElse("none"),
          zone.next().map(ZonesCommand::after).orElse(""),
          zone.source(),
          String.valueOf(zone.actions().size()));
    }
    table.end();
  }

  private void print(List<ZoneView.Difference> differences) {
    if (json) {
      JsonList list = new JsonList(shell.out());
      for (ZoneView.Difference one : differences) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("zone", one.zone());
        item.put("source", one.source().name());
        item.put("version", one.source().version());
        item.put("since", one.law().since().toString());
        item.put("offset_in_force", one.law().one().getId());
        item.put("offset_there", one.law().other().getId());
        item.put("actions", one.actions().stream().map(action -> action.id().text()).toList());
        list.add(item);
      }
      list.end();
      return;
    }
    Table table = table("ZONE", "IN FORCE", "THERE", "SINCE", "SOURCE", "ACTIONS");
    for (ZoneView.Difference one : differences) {
      table.row(
          one.zone(),
          one.law().one().getId(),
          one.law().other().getId(),
          one.law().since().toString(),
          ZoneView.label(one.source()),
          ZoneView.named(one.actions()));
    }
    table.end();
  }

  private void printChanges(List<ZoneView.Change> changes) {
    JsonList list = new JsonList(shell.out());
    Table table = table("AT", "ZONE", "FROM", "TO", ">ACTIONS");
    for (ZoneView.Change one : changes) {
      if (json) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("zone", one.zone());
        item.put("at", at(one.change()));
        item.put("offset_before", one.change().getOffsetBefore().getId());
        item.put("offset_after", after(one.change()));
        item.put("actions", one.actions().size());
        list.add(item);
      } else {
        table.row(
            at(one.change()),
            one.zone(),
            one.change().getOffsetBefore().getId(),
            after(one.change()),
            String.valueOf(one.actions().size()));
      }
    }
    if (json) {
      list.end();
    } else {
      table.end();
    }
  }

  private Table table(String... headings) {
    return new Table(shell.out(), shell.width().get(), headings);
  }

  private static String at(ZoneOffsetTransition change) {
    return IsoTime.text(change.getInstant(), change.getOffsetBefore());
  }

  private static String after(ZoneOffsetTransition change) {
    return change.getOffsetAfter().getId();
  }
}
