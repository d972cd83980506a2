package io.actionscheduler.http;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Recognizes keys that give no protection. */
public final class WeakKey {
  /** Shorter ones are refused. */
  public static final int LEAST = 16;

  /** Shorter ones are accepted with a warning. */
  public static final int GOOD = 32;

  /** Keys from examples and tutorials. */
  private static final Set<String> KNOWN =
      Set.of(
          "changeme",
          "changeit",
          "secret",
          "password",
          "yourapikey",
          "yourapikeyhere",
          "yoursecretkey",
          "yoursecretkeyhere",
          "yoursupersecretkey",
          "supersecretkey",
          "supersecretapikey",
          "mysecretapikey",
          "devapikey",
          "developmentapikey",
          "testapikey",
          "exampleapikey",
          "sampleapikey",
          "defaultapikey",
          "changethisinproduction",
          "yourapikeychangeme",
          "yoursecretapikey",
          "yoursecretapikeyhere",
          "changemeinproduction",
          "0123456789abcdef",
          "1234567890123456",
          "abcdefghijklmnop");

  private WeakKey() {}

  /** Why {@code key} is refused, or empty. */
  public static Optional<String> problem(String key) {
    String letters = key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    if (KNOWN.contains(letters) || letters.matches("(.)\\1*")) {
      return Optional.of("is a key from examples");
    }
    return key.length() < LEAST
        ? Optional.of("has " + key.length() + " characters; allowed are " + LEAST + " or more")
        : Optional.empty();
  }

  /** Whether {@code key} is accepted with a warning. */
  public static boolean isWorthAWarning(String key) {
    return problem(key).isPresent() || key.length() < GOOD;
  }
}
