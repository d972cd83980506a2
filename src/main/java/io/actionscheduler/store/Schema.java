package io.actionscheduler.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/**
 * The store's tables, made by numbered steps. Each step runs in the transaction that also stores
 * its number, so that after a crash a step has either happened completely or not at all.
 *
 * @param steps the scripts that lead from an empty database to the newest version, in order
 */
record Schema(List<String> steps) {
  private static final int NEWEST = 15;

  Schema {
    steps = List.copyOf(steps);
  }

  /** The steps for one kind of database. */
  static Schema of(String folder) {
    return new Schema(
        IntStream.rangeClosed(1, NEWEST).mapToObj(step -> script(folder, step)).toList());
  }

  private static String script(String folder, int step) {
    String name = folder + "/" + step + ".sql";
    try (InputStream script = Schema.class.getResourceAsStream(name)) {
      if (script == null) {
        throw new IllegalStateException("no " + name + " on the class path");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the tables are there; throws when they are of another version than this program's. */
  boolean isReady(Handle handle, Backend backend) throws SQLException {
    int version = version(handle, backend);
    if (version != 0 && version < steps.size()) {
      throw new WrongSchema(
          "its tables are of version "
              + version
              + ", older than this program's "
              + steps.size()
              + "; start the scheduler once, it brings them up to date",
          false);
    }
    return version != 0;
  }

  /** Whether there is nothing to migrate. */
  boolean isCurrent(Handle handle, Backend backend) throws SQLException {
    return version(handle, backend) == steps.size();
  }

  /** Brings the tables to the newest version, inside the transaction of {@code handle}. */
  void migrate(Handle handle, Backend backend) throws SQLException {
    int version = version(handle, backend);
    if (version == 0) {
      handle.execute("CREATE TABLE scheduler_schema (version INTEGER NOT NULL)");
      handle.execute("INSERT INTO scheduler_schema (version) VALUES (0)");
    }
    for (String step : steps.subList(version, steps.size())) {
      handle.createScript(step).execute();
    }
    if (version < steps.size()) {
      handle.execute("UPDATE scheduler_schema SET version = ?", steps.size());
    }
  }

  /** The version of the tables that are there, 0 for none; throws when it is a newer one. */
  private int version(Handle handle, Backend backend) throws SQLException {
    if (!backend.hasTable(handle, "scheduler_schema")) {
      return 0;
    }
    int version = handle.createQuery("SELECT version FROM scheduler_schema").mapTo(int.class).one();
    if (version > steps.size()) {
      throw new WrongSchema(
          "its tables are of version "
              + version
              + ", newer than this program's "
              + steps.size()
              + "; run the newer program, or give this one its own internal_db",
          true);
    }
    return version;
  }

  /** The tables are not those that this program knows. */
  static final class WrongSchema extends SQLException {
    private final boolean misconfigured;

    WrongSchema(String message, boolean misconfigured) {
      super(message);
      this.misconfigured = misconfigured;
    }

    boolean isMisconfigured() {
      return misconfigured;
    }
  }
}
