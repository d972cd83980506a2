package io.actionscheduler.app.moving;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.db.ForeignDatabase;
import io.actionscheduler.move.TableRow;
import io.actionscheduler.move.Tables;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tables in a database, or in a folder with an export of each. */
public final class ForeignTables implements Tables {
  private static final Pattern POSTGRESQL =
      Pattern.compile(
          "(?:jdbc:)?postgres(?:ql)?(?:\\+\\w+)?:(?://(?:(?<user>[^:@/?]*)(?::(?<password>[^@/]*))?@)?)?(?<rest>[^@]*)");
  private static final Pattern SQLITE =
      Pattern.compile("(?:jdbc:)?sqlite(?:\\+\\w+)?:(?:///)?(.*)");
  private static final Pattern OTHER = Pattern.compile("(?:jdbc:)?([a-z0-9]+)(?:\\+\\w+)?:.*");

  private final ForeignDatabase database;
  private final String place;

  private ForeignTables(ForeignDatabase database, String place) {
    this.database = requireNonNull(database, "database is null");
    this.place = place;
  }

  /**
   * Opens {@code place}: a SQLite file, an address of PostgreSQL as JDBC or SQLAlchemy write it, a
   * folder of exports, or one export.
   *
   * @param environment where {@code PGPASSWORD} may be
   * @throws Tables.Unreadable when it cannot be opened, or is of a kind that cannot be read; the
   *     message names the remedy
   */
  public static Tables open(String place, Map<String, String> environment)
      throws Tables.Unreadable {
    try {
      Matcher postgres = POSTGRESQL.matcher(place);
      if (postgres.matches()) {
        String host = postgres.group("rest");
        Optional<String> password =
            Optional.ofNullable(postgres.group("password"))
                .map(ForeignTables::decoded)
                .or(() -> Optional.ofNullable(environment.get("PGPASSWORD")));
        String url = "jdbc:postgresql:" + (place.contains("//") ? "//" : "") + host;
        Optional<String> user = Optional.ofNullable(postgres.group("user"));
        return new ForeignTables(
            ForeignDatabase.postgresql(url, user.map(ForeignTables::decoded), password),
            "PostgreSQL " + host.replaceFirst("\\?.*", ""));
      }
      Matcher sqlite = SQLITE.matcher(place);
      if (sqlite.matches()) {
        return sqlite(Path.of(sqlite.group(1)));
      }
      Matcher other = OTHER.matcher(place);
      if (other.matches() && !Files.exists(Path.of(place))) {
        throw new Tables.Unreadable(
            place.replaceFirst("://[^@/]*@", "://…@")
                + ": "
                + other.group(1)
                + " is not supported; export each table with its head to a folder, as TABLE.csv"
                + " or TABLE.tsv (mysql --batch writes the latter), and name the folder");
      }
      Path path = Path.of(place);
      if (path.getFileName() != null
          && path.getFileName().toString().startsWith("celerybeat-schedule")) {
        throw new Tables.Unreadable(
            place
                + ": holds when each task last ran, and no schedule; that is beat_schedule in the"
                + " settings of Celery, which is code: write its entries as actions");
      }
      return Files.isDirectory(path) || place.matches(".*\\.[ct]sv")
          ? ExportedTables.in(path)
          : sqlite(path);
    } catch (SQLException e) {
      throw new Tables.Unreadable(
          place.replaceFirst("://[^@/]*@", "://…@") + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static Tables sqlite(Path file) throws SQLException {
    return new ForeignTables(ForeignDatabase.sqlite(file), file.toString());
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public String place() {
    return place;
  }

  @Override
  public Set<String> columns(String table) throws Unreadable {
    try {
      return database.columns(table);
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  @Override
  public List<TableRow> rows(String table) throws Unreadable {
    try {
      return database.rows(table).stream().map(TableRow::new).toList();
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  @Override
  public Set<String> names() {
    return database.names();
  }

  private Unreadable unreadable(SQLException e) {
    return new Unreadable(place + ": cannot be read: " + e.getMessage(), e);
  }

  @Override
  public void close() throws Unreadable {
    try {
      database.close();
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }
}
