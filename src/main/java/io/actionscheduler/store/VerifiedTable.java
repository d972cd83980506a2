package io.actionscheduler.store;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.db.Micros;
import io.actionscheduler.fire.Discrepancy;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Stretch;
import io.actionscheduler.fire.Verdict;
import io.actionscheduler.fire.Verified;
import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Reads and writes the table {@code scheduler_verified}: one row at most. */
final class VerifiedTable {
  private VerifiedTable() {}

  static void save(Handle handle, Verified verified) {
    Map<String, Object> counts = new LinkedHashMap<>();
    verified.counts().forEach((verdict, count) -> counts.put(verdict.name(), count));
    handle
        .createUpdate(
            """
            INSERT INTO scheduler_verified (id, verified_at, from_at, to_at, zone_data, counts,
              named)
            VALUES (1, :at, :from, :to, :zoneData, :counts, :named)
            ON CONFLICT (id) DO UPDATE SET verified_at = excluded.verified_at,
              from_at = excluded.from_at, to_at = excluded.to_at, zone_data = excluded.zone_data,
              counts = excluded.counts, named = excluded.named
            """)
        .bind("at", Micros.of(verified.at()))
        .bind("from", Micros.of(verified.from()))
        .bind("to", Micros.of(verified.to()))
        .bind("zoneData", verified.zoneData())
        .bind("counts", Json.write(counts))
        .bind("named", Json.write(verified.named().stream().map(VerifiedTable::json).toList()))
        .execute();
  }

  static Optional<Verified> read(Handle handle) {
    return handle
        .createQuery(
            "SELECT verified_at, from_at, to_at, zone_data, counts, named FROM scheduler_verified")
        .map((row, context) -> verified(row))
        .findOne();
  }

  private static Map<String, Object> json(Discrepancy found) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("action", found.key().action().text());
    item.put("callback", found.key().callback());
    item.put("verdict", found.verdict().name());
    item.put("first", Micros.of(found.fires().first()));
    item.put("last", Micros.of(found.fires().last()));
    item.put("count", found.fires().count());
    return item;
  }

  private static Verified verified(ResultSet row) throws SQLException {
    try {
      Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
      ((Map<?, ?>) Json.parse(row.getString("counts")))
          .forEach((name, count) -> counts.put(Verdict.valueOf((String) name), (Long) count));
      List<Discrepancy> named = new ArrayList<>();
      for (Object item : (List<?>) Json.parse(row.getString("named"))) {
        named.add(discrepancy((Map<?, ?>) item));
      }
      return new Verified(
          Micros.at(row.getLong("verified_at")),
          Micros.at(row.getLong("from_at")),
          Micros.at(row.getLong("to_at")),
          row.getString("zone_data"),
          counts,
          named);
    } catch (InvalidJson | ClassCastException | IllegalArgumentException e) {
      throw new SQLException("scheduler_verified: not as this program writes it", e);
    }
  }

  private static Discrepancy discrepancy(Map<?, ?> item) {
    return new Discrepancy(
        new ProgressKey(new ActionId((String) item.get("action")), (String) item.get("callback")),
        Verdict.valueOf((String) item.get("verdict")),
        new Stretch(
            Micros.at((Long) item.get("first")),
            Micros.at((Long) item.get("last")),
            (Long) item.get("count")));
  }
}
