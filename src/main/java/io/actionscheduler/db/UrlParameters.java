package io.actionscheduler.db;

import java.util.Arrays;
import java.util.List;
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

  /**
   * Those that the driver of PostgreSQL knows, as it spells them, except for a file of services.
   */
  public static Set<String> ofPostgres() {
    Set<String> names = new TreeSet<>();
    Arrays.stream(PGProperty.values()).map(PGProperty::getName).forEach(names::add);
    names.remove(PGProperty.SERVICE.getName()); // it would set host, user and password unseen
    return names;
  }

  /** The values that the driver of PostgreSQL takes for its parameter; empty where any may do. */
  public static List<String> valuesOf(String parameter) {
    PGProperty property = PGProperty.forName(parameter);
    String[] choices = property == null ? null : property.getChoices();
    return choices == null ? List.of() : List.of(choices);
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
