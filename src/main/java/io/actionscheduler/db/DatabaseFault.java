package io.actionscheduler.db;

import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;
import org.sqlite.SQLiteErrorCode;

/**
 * What a database's error means to a person.
 *
 * @param misconfigured whether only a person can repair it; otherwise trying again later may help
 * @param message one line: the database by its key, the fault and, where there is one, the remedy
 */
public record DatabaseFault(boolean misconfigured, String message) {

  /** Reads {@code cause}, or the {@link SQLException} behind it, on the database at {@code at}. */
  public static DatabaseFault of(DatabaseSettings at, Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof UnknownHostException) {
        return wait(at, "the host " + each.getMessage() + " is unknown");
      }
    }
    Optional<SQLException> fault = sqlException(cause);
    if (fault.isEmpty()) {
      return new DatabaseFault(false, at.label() + ": " + cause);
    }
    return switch (at.dialect()) {
      case SQLITE -> sqlite(at, fault.get());
      case POSTGRESQL -> postgres(at, fault.get());
    };
  }

  /** The innermost: a pool says only that it waited, its cause why. */
  private static Optional<SQLException> sqlException(Throwable cause) {
    SQLException found = null;
    for (Throwable each = cause; each != null; each = each.getCause()) {
      if (each instanceof SQLException fault && (found == null || fault.getSQLState() != null)) {
        found = fault;
      }
    }
    return Optional.ofNullable(found);
  }

  private static DatabaseFault sqlite(DatabaseSettings at, SQLException fault) {
    if (fault instanceof SqliteLibrary.NoFolder) {
      return byHand(at, firstLine(fault));
    }
    int code = fault.getErrorCode() & 0xff; // the upper bits distinguish kinds of one error
    SQLiteErrorCode kind = SQLiteErrorCode.getErrorCode(code);
    return switch (kind) {
      case SQLITE_NOTADB, SQLITE_CORRUPT ->
          byHand(at, "the file is not a sound SQLite database; name another in " + at.key());
      case SQLITE_CANTOPEN ->
          byHand(at, "the file cannot be opened; its folder must exist and be writable");
      case SQLITE_READONLY, SQLITE_PERM ->
          byHand(at, "the file, or its folder, is read-only, or it was moved; make it writable");
      case SQLITE_FULL -> wait(at, "the disk, or the file's own limit, is full; make room");
      case SQLITE_BUSY, SQLITE_LOCKED ->
          wait(at, "another program keeps the file locked; end its transaction");
      default -> wait(at, firstLine(fault));
    };
  }

  private static DatabaseFault postgres(DatabaseSettings at, SQLException fault) {
    String state = fault.getSQLState() == null ? "" : fault.getSQLState();
    if (state.startsWith("28")) {
      return byHand(at, firstLine(fault) + "; check " + at.key() + ".username and .password");
    }
    if (state.equals("3D000")) {
      return byHand(at, firstLine(fault) + "; create it, or name another in " + at.key());
    }
    if (state.equals("42501") && firstLine(fault).contains("row-level security")) {
      return byHand(
          at,
          firstLine(fault)
              + ", so that rows may be hidden from this user; make it the table's owner, or give it"
              + " BYPASSRLS; a part that is meant: add ?options=-crow_security=on to the url");
    }
    if (state.equals("22001") || state.equals("22026") || state.equals("22003")) {
      return byHand(at, firstLine(fault) + "; shorten the value, or widen the column");
    }
    boolean value = state.startsWith("22") || state.startsWith("23"); // a check, an enum, a domain
    if (value && at.key().equals("actions_db")) {
      return byHand(at, firstLine(fault) + "; write a value that the column takes");
    }
    if (state.equals("42P05") || state.equals("26000")) { // a statement of another's session
      return byHand(
          at,
          firstLine(fault)
              + "; where a pooler stands before the server, add ?prepareThreshold=0 to the url");
    }
    if (firstLine(fault).contains("unsupported startup parameter")) { // PgBouncer
      return byHand(
          at,
          firstLine(fault)
              + "; PgBouncer does not pass it on: leave it out of the url, and set it for the user on"
              + " the server, as in ALTER ROLE name SET search_path = app, or connect to the server"
              + " itself");
    }
    if (firstLine(fault).contains("statement pooling mode")) {
      return byHand(
          at,
          firstLine(fault)
              + "; set pool_mode of PgBouncer to transaction or session, or connect to the server"
              + " itself");
    }
    if (state.equals("42501") || state.equals("3F000")) { // a right, or a schema out of reach
      return byHand(at, firstLine(fault) + "; grant it to the user of " + at.key());
    }
    if (state.startsWith("53")) {
      return wait(at, firstLine(fault) + "; make room on the server");
    }
    return wait(at, firstLine(fault));
  }

  private static DatabaseFault byHand(DatabaseSettings at, String fault) {
    return new DatabaseFault(true, at.label() + ": " + fault);
  }

  private static DatabaseFault wait(DatabaseSettings at, String fault) {
    return new DatabaseFault(false, at.label() + ": " + fault);
  }

  private static String firstLine(SQLException fault) {
    String text = fault.getMessage() == null ? fault.toString() : fault.getMessage();
    return text.lines().findFirst().orElse(text).strip();
  }
}
