package io.actionscheduler.store;

import io.actionscheduler.schedule.ZoneLaw;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Reads and writes the table {@code scheduler_zone_law}. */
final class ZoneLawTable {
  private ZoneLawTable() {}

  static Map<String, ZoneLaw> read(Handle handle) {
    Map<String, ZoneLaw> laws = new LinkedHashMap<>();
    handle
        .createQuery("SELECT zone, version, law FROM scheduler_zone_law ORDER BY zone")
        .map(
            (row, context) ->
                Map.entry(
                    row.getString("zone"),
                    ZoneLaw.read(
                        row.getString("zone"), row.getString("version"), row.getString("law"))))
        .forEach(law -> laws.put(law.getKey(), law.getValue()));
    return laws;
  }

  static void save(Handle handle, Map<String, ZoneLaw> laws) {
    laws.forEach(
        (zone, law) ->
            handle
                .createUpdate(
                    """
                    INSERT INTO scheduler_zone_law (zone, version, law)
                    VALUES (:zone, :version, :law) ON CONFLICT (zone) DO NOTHING
                    """)
                .bind("zone", zone)
                .bind("version", law.version())
                .bind("law", law.text())
                .execute());
  }
}
