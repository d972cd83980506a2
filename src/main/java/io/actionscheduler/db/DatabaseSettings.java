package io.actionscheduler.db;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a database is.
 *
 * @param key of its section: {@code actions_db} or {@code internal_db}
 * @param jdbcUrl with its parameters, without user and password
 * @param file of a SQLite database, absolute and normal; empty for PostgreSQL
 */
public record DatabaseSettings(
    String key,
    Dialect dialect,
    String jdbcUrl,
    Optional<String> username,
    Optional<String> password,
    Optional<Path> file) {

  /** The supported databases. */
  public enum Dialect {
    POSTGRESQL,
    SQLITE
  }

  public DatabaseSettings {
    requireNonNull(key, "key is null");
    requireNonNull(dialect, "dialect is null");
    requireNonNull(jdbcUrl, "jdbcUrl is null");
    requireNonNull(username, "username is null");
    requireNonNull(password, "password is null");
    requireNonNull(file, "file is null");
  }

  /** Whether both are one SQLite file. */
  public boolean isSameFile(DatabaseSettings other) {
    return file.isPresent() && file.equals(other.file);
  }

  /** Its name in messages, without secrets: {@code actions_db (SQLite /data/database.db)}. */
  public String label() {
    return switch (dialect) {
      case SQLITE -> key + " (SQLite " + file.map(Path::toString).orElse(jdbcUrl) + ")";
      case POSTGRESQL -> {
        int parameters = jdbcUrl.indexOf('?');
        String place = parameters < 0 ? jdbcUrl : jdbcUrl.substring(0, parameters);
        yield key + " (PostgreSQL " + place.replaceFirst("^jdbc:postgresql:(//)?", "") + ")";
      }
    };
  }

  @Override
  public String toString() {
    return label(); // never the password
  }
}
