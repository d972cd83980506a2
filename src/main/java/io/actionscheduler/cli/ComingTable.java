package io.actionscheduler.cli;

import io.actionscheduler.action.Action;
import io.actionscheduler.app.view.ComingForm;
import io.actionscheduler.fire.ComingFires.Coming;
import java.time.ZoneId;
import java.util.List;
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
      fires.forEach(coming -> list.add(ComingForm.of(coming, zone)));
      list.end();
      return;
    }
    Table table = new Table(shell.out(), shell.width().get(), "NEXT", ">ID", "NAME", "COMMAND");
    for (Coming coming : fires) {
      Action action = coming.action();
      table.row(ComingForm.time(coming, zone), action.id().text(), action.name(), action.command());
    }
    table.end();
  }
}
