package io.actionscheduler.callback.kafka;

import java.nio.charset.StandardCharsets;

/**
 * The value of a record: {@code {"command": "..."}}, byte for byte what Python's {@code json.dumps}
 * gives, so that consumers of the Python program see no difference: a space after the colon, and
 * everything but printable ASCII escaped, DEL included, in lower-case hexadecimal, UTF-16 unit by
 * UTF-16 unit.
 */
final class CommandJson {
  private static final byte[] HEAD = ascii("{\"command\": \"");
  private static final byte[] TAIL = ascii("\"}");
  private static final byte[] HEX = ascii("0123456789abcdef");

  private CommandJson() {}

  static byte[] of(String command) {
    byte[] json = new byte[HEAD.length + width(command) + TAIL.length];
    System.arraycopy(HEAD, 0, json, 0, HEAD.length);
    int at = HEAD.length;
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      char letter = letter(c);
      if (letter == 0) {
        json[at++] = (byte) c;
      } else {
        json[at++] = '\\';
        json[at++] = (byte) letter;
        if (letter == 'u') {
          for (int shift = 12; shift >= 0; shift -= 4) {
            json[at++] = HEX[c >> shift & 0xf];
          }
        }
      }
    }
    System.arraycopy(TAIL, 0, json, at, TAIL.length);
    return json;
  }

  private static int width(String command) {
    long width = 0;
    for (int i = 0; i < command.length(); i++) {
      char letter = letter(command.charAt(i));
      width += letter == 0 ? 1 : letter == 'u' ? 6 : 2;
    }
    return Math.toIntExact(width);
  }

  /** The letter after the backslash for this char; 0 when the char needs no escape. */
  private static char letter(char c) {
    if (c >= ' ' && c <= '~') {
      return c == '"' || c == '\\' ? c : 0;
    }
    return switch (c) {
      case '\b' -> 'b';
      case '\t' -> 't';
      case '\n' -> 'n';
      case '\f' -> 'f';
      case '\r' -> 'r';
      default -> 'u';
    };
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
