package io.actionscheduler.store;

import org.jdbi.v3.core.Handle;

/** Tables of which only the latest rows are kept. */
final class LatestRows {
  private LatestRows() {}

  /**
   * Deletes all but the latest rows.
   *
   * @param table with a column {@code begun_at}
   * @param most so many rows are left, fewer where several began at the same time
   */
  static void keep(Handle handle, String table, int most) {
    handle
        .createUpdate(
            """
            DELETE FROM %1$s WHERE begun_at <= (
              SELECT begun_at FROM %1$s ORDER BY begun_at DESC LIMIT 1 OFFSET :most)
            """
                .formatted(table))
        .bind("most", most)
        .execute();
  }
}
