package io.actionscheduler.db;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.postgresql.PGProperty;
import org.sqlite.SQLiteConfig;

/** The parameters that an address of a database may have. */
public final class UrlParameters {
  /** Parameters of a file: address, which SQLite reads itself. */
  private static final Set<String> OF_SQLITE_ITSELF =
      Set.of("mode", "cache", "immutable", "vfs", "psow", "nolock");

  private UrlParameters() {}

  /** Those that the driver of PostgreSQL knows, as it spells them. */
  public static Set<String> ofPostgres() {
    Set<String> names = new TreeSet<>();
    Arrays.stream(PGProperty.values()).map(PGProperty::getName).forEach(names::add);
    return names;
  }

  /** Those that SQLite and its driver know. */
  public static Set<String> ofSqlite() {
    Set<String> names = new TreeSet<>(OF_SQLITE_ITSELF);
    Arrays.stream(SQLiteConfig.Pragma.values())
        .map(SQLiteConfig.Pragma::getPragmaName)
        .forEach(names::add);
    return names;
  }
}
