package io.actionscheduler.text;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts of memory and disk as people write them in settings. */
public final class ByteSize {
  /** For messages. */
  public static final String ALLOWED =
      "bytes as a number, or with a unit (KiB MiB GiB TiB) such as 512MiB";

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,15}) ?([kmgt]?)(?:i?b)?");

  private ByteSize() {}

  /**
   * The bytes that {@code text} means: {@code 1048576}, {@code 512MiB}, {@code 1G}; units are
   * multiples of 1,024. Empty when it is none of these, or more than a {@code long} holds.
   */
  public static Optional<Long> read(String text) {
    Matcher size = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!size.matches()) {
      return Optional.empty();
    }
    long unit = size.group(2).isEmpty() ? 1 : 1L << (10 * (1 + "kmgt".indexOf(size.group(2))));
    long number = Long.parseLong(size.group(1));
    return number > Long.MAX_VALUE / unit ? Optional.empty() : Optional.of(number * unit);
  }
}
