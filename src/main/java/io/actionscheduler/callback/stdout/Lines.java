package io.actionscheduler.callback.stdout;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A buffer of lines in UTF-8, each of a prefix, a command and a line feed. A command stays on its
 * line: CR and LF are written as {@code \r} and {@code \n}; every other control character (C0, DEL,
 * C1), the Unicode line and paragraph separators and half surrogate pairs, which UTF-8 cannot hold,
 * as {@code \}{@code u0007}. A backslash in the command stays as it is.
 */
final class Lines {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** The most bytes that one char becomes: an escape. */
  private static final int WIDEST = 6;

  /** A buffer that grew beyond this size for one huge command is not kept. */
  private static final int KEPT = 1 << 20;

  private byte[] bytes = new byte[1 << 16];
  private int length;

  void add(byte[] prefix, String command) {
    makeRoom((long) prefix.length + (long) WIDEST * command.length() + 1);
    System.arraycopy(prefix, 0, bytes, length, prefix.length);
    length += prefix.length;
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      if (c >= ' ' && c < 0x7f) {
        bytes[length++] = (byte) c;
      } else if (Character.isHighSurrogate(c)
          && i + 1 < command.length()
          && Character.isLowSurrogate(command.charAt(i + 1))) {
        addPair(Character.toCodePoint(c, command.charAt(++i)));
      } else {
        addOther(c);
      }
    }
    bytes[length++] = '\n';
  }

  /** Ends the line that an earlier write may have left unfinished. */
  void addLineEnd() {
    makeRoom(1);
    bytes[length++] = '\n';
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
    if (bytes.length > KEPT) {
      bytes = new byte[1 << 16];
    }
  }

  private void addOther(char c) {
    if (c == '\r' || c == '\n') {
      bytes[length++] = '\\';
      bytes[length++] = (byte) (c == '\r' ? 'r' : 'n');
    } else if (c < 0xa0 || c == 0x2028 || c == 0x2029 || Character.isSurrogate(c)) {
      bytes[length++] = '\\';
      bytes[length++] = 'u';
      for (int shift = 12; shift >= 0; shift -= 4) {
        bytes[length++] = HEX[c >> shift & 0xf];
      }
    } else if (c < 0x800) {
      bytes[length++] = (byte) (0xc0 | c >> 6);
      bytes[length++] = (byte) (0x80 | c & 0x3f);
    } else {
      bytes[length++] = (byte) (0xe0 | c >> 12);
      bytes[length++] = (byte) (0x80 | c >> 6 & 0x3f);
      bytes[length++] = (byte) (0x80 | c & 0x3f);
    }
  }

  private void addPair(int codePoint) {
    bytes[length++] = (byte) (0xf0 | codePoint >> 18);
    bytes[length++] = (byte) (0x80 | codePoint >> 12 & 0x3f);
    bytes[length++] = (byte) (0x80 | codePoint >> 6 & 0x3f);
    bytes[length++] = (byte) (0x80 | codePoint & 0x3f);
  }

  private void makeRoom(long more) {
    if (length + more > bytes.length) {
      long wanted = Math.max(2L * bytes.length, length + more);
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
    }
  }
}
