package io.actionscheduler.move.systemd;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.move.CallbackNames;
import io.actionscheduler.move.LeftOut;
import io.actionscheduler.move.Move;
import io.actionscheduler.move.Moved;
import io.actionscheduler.move.systemd.CalendarRows.Row;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads timers of systemd: their calendar events become schedules, their services commands. */
public final class TimerUnits {
  /**
   * The line in an exported timer of an action that is disabled. systemd ignores names that begin
   * with {@code X-}.
   */
  public static final String DISABLED = "X-Enabled=no";

  private static final List<String> NO_TIMES =
      List.of(
          "OnActiveSec",
          "OnBootSec",
          "OnStartupSec",
          "OnUnitActiveSec",
          "OnUnitInactiveSec",
          "OnClockChange",
          "OnTimezoneChange");
  private static final Set<String> KNOWN =
      Set.of(
          "OnCalendar",
          "AccuracySec",
          "RandomizedDelaySec",
          "FixedRandomDelay",
          "Persistent",
          "Unit",
          "RemainAfterElapse");
  private static final BigDecimal ACCURACY = BigDecimal.valueOf(60);

  private final ZoneId zone;
  private final List<Moved> actions = new ArrayList<>();
  private final List<LeftOut> leftOut = new ArrayList<>();
  private final CallbackNames callbacks = new CallbackNames();

  /**
   * @param zone that of the machine, for calendar events that name none
   */
  public TimerUnits(ZoneId zone) {
    this.zone = requireNonNull(zone, "zone is null");
  }

  /** All timers of {@code units}. */
  public Move read(Units units) {
    units.timers().forEach((name, timer) -> timer(name, timer, units));
    return new Move(actions, leftOut, callbacks.settings());
  }

  private void timer(String name, UnitFile timer, Units units) {
    if (!timer.faults().isEmpty()) {
      faults(timer);
      return;
    }
    Set<String> notes = new LinkedHashSet<>();
    for (String setting : timer.names("Timer")) {
      if (NO_TIMES.contains(setting)) {
        for (String value : timer.all("Timer", setting)) {
          leftOut.add(new LeftOut(name, setting + "=" + value, notATime(setting, value), false));
        }
      } else if (!KNOWN.contains(setting) && !setting.startsWith("X-")) {
        notes.add(setting + "= of the timer is not taken over");
      }
    }
    Optional<List<CalendarEvent>> events = events(name, timer);
    if (events.isEmpty()) {
      return;
    }
    String service = timer.last("Timer", "Unit").orElse(name.replaceFirst("\\.timer$", ".service"));
    Optional<UnitFile> unit = units.service(service);
    if (unit.isEmpty()) {
      leftOut.add(
          new LeftOut(
              name,
              service,
              service.endsWith(".service")
                  ? "the service is not beside the timer; systemctl cat '*.timer' '*.service'"
                      + " shows all"
                  : "starts no service",
              false));
      return;
    }
    if (!unit.get().faults().isEmpty()) {
      faults(unit.get());
      return;
    }
    try {
      ServiceCommand command = ServiceCommand.of(service, unit.get());
      notes.addAll(command.notes());
      rows(name, timer, events.get(), command, notes);
    } catch (ExecLine.Unreadable e) {
      leftOut.add(new LeftOut(name, service, e.getMessage(), false));
    }
  }

  private void faults(UnitFile unit) {
    for (UnitFile.Fault fault : unit.faults()) {
      leftOut.add(new LeftOut(fault.place(), fault.line(), fault.reason(), true));
    }
  }

  private static String notATime(String setting, String value) {
    String every =
        setting.startsWith("OnUnit")
            ? "; an interval such as every " + value + " may be meant"
            : "";
    return "counts from an event of the machine, which is not a time" + every;
  }

  /** Its calendar events; empty if there are none, or one of them cannot be read. */
  private Optional<List<CalendarEvent>> events(String name, UnitFile timer) {
    List<CalendarEvent> events = new ArrayList<>();
    boolean isWhole = true;
    for (String text : timer.all("Timer", "OnCalendar")) {
      try {
        events.add(CalendarEvent.read(text));
      } catch (CalendarEvent.Unreadable e) {
        leftOut.add(new LeftOut(name, "OnCalendar=" + text, e.getMessage(), e.isFault()));
        isWhole = false;
      }
    }
    if (events.isEmpty() && isWhole && leftOut.stream().noneMatch(of -> of.place().equals(name))) {
      leftOut.add(new LeftOut(name, "[Timer]", "has no OnCalendar=", false));
    }
    return isWhole && !events.isEmpty() ? Optional.of(events) : Optional.empty();
  }

  private void rows(
      String timer,
      UnitFile unit,
      List<CalendarEvent> events,
      ServiceCommand command,
      Set<String> notes) {
    Optional<Object> jitter = jitter(timer, unit);
    String base = timer.replaceFirst("\\.timer$", "");
    String callback = callbacks.name(command.callback(), command.settings());
    List<Row> rows = CalendarRows.of(events, zone);
    notes(unit, rows.size(), notes);
    int number = 0;
    for (Row of : rows) {
      number++;
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("name", number == 1 ? base : base + " (" + number + ")");
      row.put("command", command.text());
      row.put("cron", of.cron(jitter));
      of.event().zone().ifPresent(named -> row.put("timezone", named.getId()));
      row.put("callback", callback);
      if (unit.last("Timer", "X-Enabled").filter("no"::equals).isPresent()) {
        row.put("enabled", false);
      }
      row.put("overlap", "skip");
      row.put("merge_missed", true);
      if (!unit.flag("Timer", "Persistent")) {
        row.put("actuality_time", actuality(unit));
      }
      actions.add(new Moved(timer, row, of.there(), List.copyOf(notes)));
    }
  }

  private static void notes(UnitFile unit, int rows, Set<String> notes) {
    if (rows > 1) {
      notes.add("the calendar events became " + rows + " actions");
    }
    if (unit.last("Timer", "RandomizedDelaySec").isPresent()) {
      notes.add(
          "RandomizedDelaySec= became jitter, which is the same for a fire after a restart, as with"
              + " FixedRandomDelay=");
    }
    if (unit.flag("Timer", "Persistent")) {
      notes.add("Persistent=yes: missed runs are made up for once, however old they are");
    }
  }

  private Optional<Object> jitter(String timer, UnitFile unit) {
    Optional<String> delay = unit.last("Timer", "RandomizedDelaySec");
    Optional<BigDecimal> seconds = delay.flatMap(UnitSpan::seconds);
    if (delay.isPresent() && seconds.isEmpty()) {
      leftOut.add(
          new LeftOut(timer, "RandomizedDelaySec=" + delay.get(), "not a span of time", true));
    }
    return seconds
        .filter(value -> value.signum() > 0)
        .map(
            value ->
                value.scale() <= 0 ? (Object) value.longValueExact() : value.stripTrailingZeros());
  }

  /**
   * A timer that is not persistent does not make up for missed runs, but may be late by its
   * accuracy.
   */
  private static long actuality(UnitFile unit) {
    return unit.last("Timer", "AccuracySec")
        .flatMap(UnitSpan::seconds)
        .orElse(ACCURACY)
        .max(ACCURACY)
        .longValue();
  }
}
