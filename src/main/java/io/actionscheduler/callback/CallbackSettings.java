package io.actionscheduler.callback;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.schedule.OddCharacters;
import io.actionscheduler.text.Secrets;
import io.actionscheduler.text.ServerName;
import io.actionscheduler.text.TimeSpan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The settings of one named callback.
 *
 * @param name the name by which actions refer to the callback
 * @param type of its factory
 * @param prefix of its keys in messages: {@code callbacks.alerts} or {@code kafka}
 * @param values by the part of their key after the prefix and a dot; {@code properties.acks}; of a
 *     list each item by its number, {@code servers.0}
 */
public record CallbackSettings(
    String name, String type, String prefix, Map<String, String> values) {
  public CallbackSettings {
    requireNonNull(name, "name is null");
    requireNonNull(type, "type is null");
    requireNonNull(prefix, "prefix is null");
    values = Map.copyOf(values);
  }

  /**
   * The value of {@code key}, the items of a list separated by commas; empty when not set, or
   * blank.
   */
  public Optional<String> text(String key) {
    String value = values.containsKey(key) ? values.get(key) : String.join(",", items(key));
    return Optional.of(value).filter(text -> !text.isBlank());
  }

  /**
   * The items of a list in the settings ({@code key.0}, {@code key.1} …), or of a text with commas;
   * empty when not set.
   */
  public List<String> list(String key) {
    List<String> items = items(key);
    return items.isEmpty()
        ? text(key).map(text -> List.of(text.strip().split("\\s*,\\s*"))).orElse(List.of())
        : items;
  }

  private List<String> items(String key) {
    List<String> items = new ArrayList<>();
    for (int i = 0; values.containsKey(key + "." + i); i++) {
      items.add(values.get(key + "." + i));
    }
    return items;
  }

  /**
   * The text at {@code key}.
   *
   * @throws InvalidSetting when it is not set
   */
  public String required(String key) throws InvalidSetting {
    return text(key)
        .orElseThrow(() -> new InvalidSetting(prefix + "." + key + ": required, and not set"));
  }

  /**
   * The name or the address of a host, or {@code otherwise} when not set.
   *
   * @throws InvalidSetting when it is no name or address of a host
   */
  public String host(String key, String otherwise) throws InvalidSetting {
    String host = text(key).map(String::strip).orElse(otherwise);
    if (!ServerName.isHost(host)) {
      throw invalid(key, host, "the name or the address of a host, without scheme and port");
    }
    return host;
  }

  /**
   * A whole number between {@code least} and {@code most}, or {@code otherwise} when not set.
   *
   * @throws InvalidSetting when it is no whole number, or out of range
   */
  public int number(String key, int otherwise, int least, int most) throws InvalidSetting {
    String value = values.getOrDefault(key, "");
    if (value.isBlank()) { // as for texts, an empty value counts as not set
      return otherwise;
    }
    try {
      int number = Integer.parseInt(value.trim());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // reported below, with what is allowed
    }
    throw invalid(key, value, "a whole number from " + least + " to " + most);
  }

  /**
   * {@code true} or {@code false} (also yes, on, 1, no, off, 0), or {@code otherwise} when not set.
   *
   * @throws InvalidSetting when it is neither
   */
  public boolean flag(String key, boolean otherwise) throws InvalidSetting {
    String value = values.getOrDefault(key, "");
    if (value.isBlank()) { // as for texts, an empty value counts as not set
      return otherwise;
    }
    return switch (value.trim().toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "1" -> true;
      case "false", "no", "off", "0" -> false;
      default -> throw invalid(key, value, "true or false");
    };
  }

  /**
   * A span such as {@code 30s}, longer than nothing and up to {@code most}.
   *
   * @throws InvalidSetting when it is no span, or out of range
   */
  public Duration span(String key, Duration otherwise, Duration most) throws InvalidSetting {
    String value = values.getOrDefault(key, "");
    if (value.isBlank()) { // as for texts, an empty value counts as not set
      return otherwise;
    }
    return TimeSpan.read(value)
        .filter(span -> span.compareTo(Duration.ZERO) > 0 && span.compareTo(most) <= 0)
        .orElseThrow(
            () ->
                invalid(
                    key,
                    value,
                    TimeSpan.ALLOWED + "; more than 0, at most " + most.toSeconds() + " s"));
  }

  /** The values below {@code key}, by the rest of their key. */
  public Map<String, String> under(String key) {
    Map<String, String> below = new TreeMap<>();
    values.forEach(
        (name, value) -> {
          if (name.startsWith(key + ".")) {
            below.put(name.substring(key.length() + 1), value);
          }
        });
    return below;
  }

  /** The exception for an invalid value; does not show a secret value, but names odd characters. */
  public InvalidSetting invalid(String key, String value, String allowed) {
    String odd = OddCharacters.named(value.strip()).map(": "::concat).orElse("");
    return new InvalidSetting(
        prefix
            + "."
            + key
            + ": "
            + Secrets.quote(key, value)
            + " is not allowed"
            + odd
            + "; allowed: "
            + allowed);
  }
}
