package io.actionscheduler.cli;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.app.moving.ForeignTables;
import io.actionscheduler.move.Move;
import io.actionscheduler.move.Tables;
import io.actionscheduler.move.systemd.Units;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The place that an import reads from.
 *
 * @param name a file, a folder or the address of a database; {@code -} for standard input
 */
record MoveInPlace(String name, InputStream in, Map<String, String> environment) {
  private static final int MIB = 1024 * 1024;

  /** More than any crontab, and than a list of 10,000 CronJobs as kubectl shows it. */
  private static final int MOST_BYTES = 64 * MIB;

  /** Reads tables. */
  @FunctionalInterface
  interface Reader {
    Move read(Tables tables) throws Tables.Unreadable;
  }

  MoveInPlace {
    requireNonNull(name, "name is null");
    requireNonNull(in, "in is null");
  }

  /** Whether lines of a crontab in this place have a user. */
  boolean isOfSystem() {
    return name.equals("/etc/crontab") || name.contains("/cron.d/");
  }

  /** Its text, in UTF-8. */
  String text() throws WrongUsage {
    try {
      byte[] bytes = bytes();
      if (bytes.length > MOST_BYTES) {
        throw new WrongUsage(
            name + ": has more than " + MOST_BYTES / MIB + " MiB, the most that is read; split it");
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private byte[] bytes() throws IOException {
    if (name.equals("-")) {
      return in.readNBytes(MOST_BYTES + 1);
    }
    try (InputStream file = Files.newInputStream(Path.of(name))) {
      return file.readNBytes(MOST_BYTES + 1);
    }
  }

  /** The units of systemd in a folder, in one file with the service beside it, or in a text. */
  Units units() throws WrongUsage {
    Path path = Path.of(name);
    try {
      if (!name.equals("-") && Files.isDirectory(path)) {
        return Units.ofFolder(path);
      }
      if (name.endsWith(".timer") && Files.exists(path)) {
        return Units.ofTimer(path);
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    return Units.ofText(text(), "unnamed.timer");
  }

  /** Reads its tables with {@code reader}. */
  Move tables(Reader reader) throws WrongUsage {
    try (Tables tables = ForeignTables.open(name, environment)) {
      return reader.read(tables);
    } catch (Tables.Unreadable e) {
      throw new WrongUsage(e.getMessage());
    }
  }

  private WrongUsage unreadable(IOException e) {
    if (e instanceof NoSuchFileException) {
      return new WrongUsage(name + ": no such file in " + Path.of("").toAbsolutePath());
    }
    if (e instanceof AccessDeniedException denied) {
      return new WrongUsage(denied.getFile() + ": this user may not read it");
    }
    if (e instanceof CharacterCodingException) {
      return new WrongUsage(name + ": is not text in UTF-8; convert it with iconv -t UTF-8");
    }
    if (e instanceof FileSystemException fault && fault.getReason() != null) {
      return new WrongUsage(fault.getFile() + ": " + fault.getReason());
    }
    if (!name.equals("-") && Files.isDirectory(Path.of(name))) {
      return new WrongUsage(name + ": is a folder; name a file, or - for standard input");
    }
    return new WrongUsage(name + ": cannot be read: " + e);
  }
}
