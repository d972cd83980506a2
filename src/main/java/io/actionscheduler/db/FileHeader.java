package io.actionscheduler.db;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The header of a SQLite file that is open. Its descriptor stays open as long as the connections:
 * closing any descriptor of a file ends all locks of this process on it, and the next program that
 * closes the file would then believe to be its last user, and remove its write-ahead log.
 */
final class FileHeader implements AutoCloseable {
  private static final int LENGTH = 100;
  private static final int PAGE_SIZE_AT = 16;
  private static final int CHANGED_AT = 24;
  private static final int PAGES_AT = 28;
  private static final int PAGES_COUNTED_AT = 92;

  private final Path path;
  private final Optional<FileChannel> channel; // empty where the file was gone already

  /**
   * What a look at a file shows without reading it whole.
   *
   * @param commits counts the commits that programs made through SQLite
   * @param version with that, what SQLite compares to learn whether pages in memory still hold
   */
  record Look(FileTime modifiedAt, long size, long commits, long version) {
    static final Look NONE = new Look(FileTime.fromMillis(0), 0, 0, 0);
  }

  private FileHeader(Path path, Optional<FileChannel> channel) {
    this.path = path;
    this.channel = channel;
  }

  static FileHeader open(Path path) {
    try {
      return new FileHeader(path, Optional.of(FileChannel.open(path, StandardOpenOption.READ)));
    } catch (IOException e) {
      return new FileHeader(path, Optional.empty());
    }
  }

  /**
   * Looks at the file.
   *
   * @param before is returned if nothing changed, or nothing can be read
   */
  Look look(Look before) {
    try {
      BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
      if (file.lastModifiedTime().equals(before.modifiedAt()) && file.size() == before.size()) {
        return before;
      }
      byte[] header = read();
      return header.length < LENGTH
          ? before
          : new Look(
              file.lastModifiedTime(),
              file.size(),
              number(header, CHANGED_AT, 4),
              number(header, PAGES_AT, 8));
    } catch (IOException e) {
      return before;
    }
  }

  private byte[] read() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(LENGTH);
    if (channel.isPresent()) {
      while (bytes.hasRemaining() && channel.get().read(bytes, bytes.position()) > 0) {
        // until the header is read, or the file ends
      }
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  /**
   * Whether a file is there as a whole. Never for a file that is open: see above.
   *
   * @throws SQLException when it cannot be read
   */
  static boolean isWhole(Path path) throws SQLException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] header = in.readNBytes(LENGTH);
      if (header.length < LENGTH) {
        return false;
      }
      // The header's number of pages is right only if the program that changed it last set it.
      boolean counted = number(header, CHANGED_AT, 4) == number(header, PAGES_COUNTED_AT, 4);
      long page = number(header, PAGE_SIZE_AT, 2);
      long size = (page == 1 ? 65_536 : page) * number(header, PAGES_AT, 4);
      return !counted || Files.size(path) >= size;
    } catch (IOException e) {
      throw new SQLException("the file was replaced, and cannot be read: " + e.getMessage(), e);
    }
  }

  private static long number(byte[] header, int at, int bytes) {
    long number = 0;
    for (int i = at; i < at + bytes; i++) {
      number = number << 8 | header[i] & 0xff;
    }
    return number;
  }

  @Override
  public void close() throws SQLException {
    if (channel.isPresent()) {
      try {
        channel.get().close();
      } catch (IOException e) {
        throw new SQLException(path + " cannot be closed: " + e.getMessage(), e);
      }
    }
  }
}
