package io.actionscheduler.cli;

import io.actionscheduler.action.Action;
import io.actionscheduler.fire.ComingFires.Coming;
import io.actionscheduler.text.IsoTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows the coming fires of the table. */
final class ComingTable {
  private final Shell shell;
  private final Optional<ZoneId> zone;

  /**
   * @param zone in which times are shown; empty: that of each schedule
   */
  ComingTable(Shell shell, Optional<ZoneId> zone) {
    this.shell = shell;
    this.zone = zone;
  }

  void print(List<Coming> fires, boolean json) {
    if (json) {
      JsonList list = new JsonList(shell.out());
      fires.forEach(coming -> list.add(item(coming)));
      list.end();
      return;
    }
    Table table = new Table(shell.out(), shell.width().get(), "NEXT", ">ID", "NAME", "COMMAND");
    for (Coming coming : fires) {
      Action action = coming.action();
      table.row(time(coming), action.id().text(), action.name(), action.command());
    }
    table.end();
  }

  private Map<String, Object> item(Coming coming) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("next", time(coming));
    item.put("id", coming.action().id().text());
    item.put("name", coming.action().name());
    item.put("command", coming.action().command());
    return item;
  }

  private String time(Coming coming) {
    return IsoTime.text(coming.scheduledAt(), zone.orElse(coming.action().timing().zone()));
  }
}
