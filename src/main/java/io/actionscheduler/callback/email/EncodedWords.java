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
  /** A line is folded only at blanks; a longer word is encoded, which makes blanks. */
  private static final int LONGEST_WORD = 900;

  /**
   * The bytes of an encoded word, which has at most 75 characters: Base64 and what is around it.
   */
  private static final int BYTES = 45;

  private EncodedWords() {}

  /** The value of the header {@code name}, folded; {@code text} is one line. */
  static String of(String name, String text) throws UnsupportedEncodingException {
    boolean asItIs = !hasLongWord(text) && !text.contains("=?"); // it would be decoded
    String words =
        asItIs ? MimeUtility.encodeText(text, StandardCharsets.UTF_8.name(), null) : encoded(text);
    return MimeUtility.fold(name.length() + 2, words);
  }

  private static boolean hasLongWord(String text) {
    int word = 0;
    for (int i = 0; i < text.length() && word <= LONGEST_WORD; i++) {
      word = text.charAt(i) == ' ' ? 0 : word + 1;
    }
    return word > LONGEST_WORD;
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
