package io.actionscheduler.schedule;

import java.util.Locale;
import java.util.Optional;

/**
 * Finds characters that look like others or are invisible, as in text copied from a web page or a
 * document. A message that only shows the text again would not help.
 */
public final class OddCharacters {
  private OddCharacters() {}

  /**
   * Names the first odd character of {@code text}, where it stands and what to write instead:
   * {@code character 2 is a no-break space (U+00A0), …}. Empty where there is none; letters of any
   * language are not odd.
   */
  public static Optional<String> named(String text) {
    return named(text, "write a space");
  }

  /** As {@link #named}, for text in which no space is allowed, such as the name of a time zone. */
  public static Optional<String> namedInOneWord(String text) {
    return named(text, "leave it out");
  }

  private static Optional<String> named(String text, String insteadOfSpace) {
    int place = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int character = text.codePointAt(i);
      place++;
      if (isOdd(character)) {
        // A space at either end means nothing, so a plain one would not help either.
        boolean atEnd = isBlank(text.substring(0, i)) || isBlank(text.substring(i));
        return Optional.of(
            "character %d is %s, as in text that was copied from a web page or a document; %s"
                .formatted(
                    place,
                    name(character),
                    remedy(character, atEnd ? "leave it out" : insteadOfSpace)));
      }
    }
    return Optional.empty();
  }

  private static boolean isBlank(String text) {
    return text.codePoints().allMatch(c -> Character.isWhitespace(c) || isUnseen(c));
  }

  /** Whether {@code character} has no form: a space other than the plain one, or a mark. */
  public static boolean isUnseen(int character) {
    int type = Character.getType(character);
    return type == Character.FORMAT || type == Character.SPACE_SEPARATOR && character != ' ';
  }

  /** {@code no-break space (U+00A0)}. */
  public static String name(int character) {
    String name = Character.getName(character);
    String code = String.format("U+%04X", character);
    return name == null ? code : name.toLowerCase(Locale.ROOT) + " (" + code + ")";
  }

  /** Whether {@code character} is not seen, or takes the place of a space, a dash or a sign. */
  public static boolean isOdd(int character) {
    return switch (Character.getType(character)) {
      case Character.SPACE_SEPARATOR -> character != ' ';
      case Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.DASH_PUNCTUATION ->
          character != '-';
      case Character.CONTROL -> character != '\t';
      default -> isLookAlike(character);
    };
  }

  /** The minus and asterisk of mathematics, full-width signs and quotation marks. */
  private static boolean isLookAlike(int character) {
    return character == 0x2212
        || character == 0x2217
        || character >= 0xff01 && character <= 0xff5e
        || character >= 0x2018 && character <= 0x201f;
  }

  private static String remedy(int character, String insteadOfSpace) {
    return switch (Character.getType(character)) {
      case Character.SPACE_SEPARATOR -> insteadOfSpace;
      case Character.DASH_PUNCTUATION -> "write -";
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> "write it on one line";
      case Character.CONTROL ->
          character == '\n' || character == '\r' ? "write it on one line" : "leave it out";
      case Character.FORMAT -> "leave it out";
      default -> "type it anew on the keyboard";
    };
  }
}
