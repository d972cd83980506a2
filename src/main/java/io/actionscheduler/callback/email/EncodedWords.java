package io.actionscheduler.callback.email;

import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Makes the value of a header of any text: on lines of at most 998 bytes, in ASCII, and read as
 * what it was (RFC 5322, 2.1.1 and RFC 2047).
 */
final class EncodedWords {
  /** A line is folded at blanks alone: what has none for so long is encoded, and folded then. */
  private static final int LONGEST_WORD = 900;

  /** An encoded word has 75 characters at most: so many bytes in Base64 and what is around it. */
  private static final int BYTES = 45;

  private EncodedWords() {}

  /** The value of the header {@code name}, folded; {@code text} is one line. */
  static String of(String name, String text) throws UnsupportedEncodingException {
    boolean asItIs = !hasLongWord(text) && !text.contains("=?"); // which would be decoded
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
    words.append(words.length() == 0 ? "" : " "); // between encoded words it is no part of the text
    words.append("=?UTF-8?B?").append(Base64.getEncoder().encodeToString(bytes)).append("?=");
    piece.setLength(0);
  }
}
