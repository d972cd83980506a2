package io.actionscheduler.callback.email;

import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Encodes any text as the value of a header: in ASCII, on lines of at most 998 bytes, so that
 * readers get the same text (RFC 5322, 2.1.1 and RFC 2047).
 */
final class EncodedWords {
  /** The most bytes of a line (RFC 5322, 2.1.1), its end left out. */
  private static final int LONGEST_LINE = 998;

  /**
   * The bytes of an encoded word, which has at most 75 characters: Base64 and what is around it.
   */
  private static final int BYTES = 45;

  private EncodedWords() {}

  /** The value of the header {@code name}, folded; {@code text} is one line. */
  static String of(String name, String text) throws UnsupportedEncodingException {
    int used = name.length() + 2;
    if (!text.contains("=?")) { // it would be decoded
      String words = MimeUtility.encodeText(text, StandardCharsets.UTF_8.name(), null);
      String folded = MimeUtility.fold(used, words);
      if (isShort(used, folded)) {
        return folded;
      }
    }
    return MimeUtility.fold(used, encoded(text));
  }

  /** A line is folded only where blanks begin: a long word, or many blanks in a row, make one. */
  private static boolean isShort(int used, String folded) {
    int length = used;
    for (String line : folded.split("\r\n", -1)) {
      length += line.length();
      if (length > LONGEST_LINE) {
        return false;
      }
      length = 0;
    }
    return true;
  }

  private static String encoded(String text) {
    StringBuilder words = new StringBuilder();
    StringBuilder piece = new StringBuilder();
    int bytes = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      String letter = Character.toString(text.codePointAt(i));
      int size = letter.getBytes(StandardCharsets.UTF_8).length;
      if (bytes + size > BYTES) {
        append(words, piece);
        bytes = 0;
      }
      piece.append(letter);
      bytes += size;
    }
    append(words, piece);
    return words.toString();
  }

  private static void append(StringBuilder words, StringBuilder piece) {
    byte[] bytes = piece.toString().getBytes(StandardCharsets.UTF_8);
    words.append(
        words.length() == 0 ? "" : " "); // a blank between encoded words is not part of the text
    words.append("=?UTF-8?B?").append(Base64.getEncoder().encodeToString(bytes)).append("?=");
    piece.setLength(0);
  }
}
