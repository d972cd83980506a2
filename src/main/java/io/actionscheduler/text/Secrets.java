package io.actionscheduler.text;

import java.util.Locale;
import java.util.regex.Pattern;

/** What must not be shown: by the name of a setting, and by the look of a value. */
public final class Secrets {
  public static final String MASK = "***";

  private static final Pattern NAMES =
      Pattern.compile(
          "passw|passphrase|pwd|secret|token|api_?key|private_?key|credential|authorization"
              + "|jaas|signature|cookie|keystore\\.key|ssl\\.key");

  /** The user's part of an address, to the last at-sign: a password may hold any character. */
  private static final Pattern USER_INFO = Pattern.compile("(://[^:@/\\s]*):\\S*@");

  private static final Pattern PARAMETER =
      Pattern.compile(
          "(?i)([?&;,\\s][\\w.]*(?:passw|pwd|secret|token|api_?key)[\\w.]*\\s*=\\s*)[^&;,\\s]*");

  private Secrets() {}

  /** Whether values of this name are secret whatever they look like. */
  public static boolean isSecret(String key) {
    return NAMES.matcher(key.toLowerCase(Locale.ROOT).replace('-', '_')).find();
  }

  /** {@code value} as people may see it. */
  public static String mask(String key, String value) {
    if (isSecret(key)) {
      return value.isEmpty() ? "" : MASK;
    }
    String masked = USER_INFO.matcher(value).replaceAll("$1:" + MASK + "@");
    return PARAMETER.matcher(masked).replaceAll("$1" + MASK);
  }

  /** As {@link #mask}, in quotes and on one line. */
  public static String quote(String key, String value) {
    return Quoted.quote(mask(key, value));
  }

  /** {@code value} that holds settings of any name, in quotes: shown only where it can't matter. */
  public static String quoteUnread(String value) {
    return NAMES.matcher(value.toLowerCase(Locale.ROOT)).find()
        ? "\"" + MASK + "\""
        : quote("", value);
  }
}
