package io.actionscheduler.config;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.text.Secrets;

/**
 * One value as a source gives it.
 *
 * @param key its full name, levels parted by dots
 * @param literal whether {@code ${NAME}} in it is plain text
 */
record Setting(String key, String value, Source source, boolean literal) {
  Setting {
    requireNonNull(key, "key is null");
    requireNonNull(value, "value is null");
    requireNonNull(source, "source is null");
  }

  /** The same with its expressions expanded. */
  Setting expanded(String to) {
    return new Setting(key, to, source, true);
  }

  /** The value, secrets masked. */
  String shown() {
    return Secrets.mask(key, value);
  }

  /** The value in quotes, secrets masked. */
  String quoted() {
    return Secrets.quote(key, value);
  }
}
