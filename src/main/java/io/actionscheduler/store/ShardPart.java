package io.actionscheduler.store;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.cluster.ShardSet;
import io.actionscheduler.db.Micros;
import io.actionscheduler.fire.RunningChanges;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The part of a store that a process of a cluster writes: what belongs to its shards.
 *
 * @param shards those of this process
 * @param member its number
 */
record ShardPart(ShardSet shards, long member) implements Part {
  @Override
  public boolean has(ActionId action) {
    return shards.test(action);
  }

  /** The one with shard 0. */
  @Override
  public boolean isFirst() {
    return shards.numbers().contains(0);
  }

  /** Shared texts stay: other processes may be about to refer to one that no row refers to yet. */
  @Override
  public void begin(Handle handle, Interned schedules) throws SQLException {
    handle.execute(
        """
        INSERT INTO scheduler_written (member, number) VALUES (?, 0)
        ON CONFLICT (member) DO UPDATE SET number = 0
        """,
        member);
    List<RunningChanges.Id> left =
        RunningTable.read(handle).stream()
            .filter(run -> has(run.key().action()))
            .map(RunningChanges.Id::of)
            .toList();
    RunningTable.save(handle, new RunningChanges(List.of(), left));
  }

  @Override
  public boolean isNew(Handle handle, long number) {
    return handle
            .createUpdate(
                """
                UPDATE scheduler_written SET number = :number
                WHERE member = :member AND number <> :number
                """)
            .bind("number", number)
            .bind("member", member)
            .execute()
        > 0;
  }

  /** The shard that was read longest ago decides; empty where one never was. */
  @Override
  public Optional<Instant> readAt(Handle handle, Optional<Instant> whole) {
    return handle
        .createQuery(
            """
            SELECT CASE WHEN count(read_at) = count(*) THEN min(read_at) END
            FROM scheduler_shard WHERE shard IN (<shards>)
            """)
        .bindList("shards", List.copyOf(shards.numbers()))
        .map((row, context) -> Optional.ofNullable((Long) row.getObject(1)).map(Micros::at))
        .one();
  }

  @Override
  public void taken(Handle handle, Instant readAt) {
    handle
        .createUpdate("UPDATE scheduler_shard SET read_at = :at WHERE shard IN (<shards>)")
        .bind("at", Micros.of(readAt))
        .bindList("shards", List.copyOf(shards.numbers()))
        .execute();
  }
}
