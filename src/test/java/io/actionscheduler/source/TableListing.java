package io.actionscheduler.source;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.ActionSource;
import io.actionscheduler.action.ActionSourceContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The action table as any source. */
final class TableListing implements ActionSourceContract.World {
  private final SourceWorld world;

  TableListing(SourceWorld world) throws Exception {
    this.world = world;
    world.createLooseTable();
  }

  @Override
  public ActionSource source() {
    return world.source;
  }

  @Override
  public ActionId id(long id) {
    return ActionId.of(id);
  }

  @Override
  public void add(long id, String name, String cron) throws Exception {
    world.insert(id, name, "command", cron);
  }

  @Override
  public void remove(long id) throws Exception {
    world.run("DELETE FROM action WHERE id = " + id);
  }

  @Override
  public void addMangled(int count, Random random) throws Exception {
    MangledRows mangled = new MangledRows(random, !world.isSqlite());
    List<Map<String, Object>> rows = new ArrayList<>();
    for (long id = 0; id < count; id++) {
      Map<String, Object> row = id % 10 == 0 ? MangledRows.valid() : mangled.next();
      row.put("id", id);
      rows.add(row);
    }
    world.insertAll(rows);
  }

  @Override
  public void goAway() throws Exception {
    world.run("ALTER TABLE action RENAME TO hidden");
  }

  @Override
  public void comeBack() throws Exception {
    world.run("ALTER TABLE hidden RENAME TO action");
  }

  @Override
  public void close() throws Exception {
    world.close();
  }
}
