package io.actionscheduler.app.parts;

import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.config.KeyedMessage;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds everything that is wrong with one callback. A factory throws at the first wrong setting: it
 * is called again without that setting, or with another value in place of a missing one, until it
 * finds no other.
 */
final class CallbackFaults {
  /** One of these is accepted by each setting that our own callbacks require. */
  private static final List<String> STAND_INS =
      List.of("x", "http://127.0.0.1/", "a@example.com", "127.0.0.1:1");

  private static final String LOCATION = ".location";

  private static final int MOST_OF_ONE_SETTING = 3;

  private final String prefix;
  private final Attempt attempt;
  private final boolean fills;
  private final Map<String, String> left;

  /** Makes a callback of some values, and closes it; gives the fault if there is one. */
  @FunctionalInterface
  interface Attempt {
    Optional<InvalidSetting> of(Map<String, String> values);
  }

  /**
   * @param prefix of the callback's keys in messages
   * @param values of the callback
   * @param fills whether missing values may be replaced by samples; not for users' own classes,
   *     which might act on them
   */
  CallbackFaults(String prefix, Map<String, String> values, boolean fills, Attempt attempt) {
    this.prefix = prefix;
    this.left = new HashMap<>(values);
    this.fills = fills;
    this.attempt = attempt;
  }

  /**
   * One fault for each setting.
   *
   * @param first the fault that the callback's own values have
   */
  List<InvalidSetting> all(InvalidSetting first) {
    Map<String, InvalidSetting> found = new LinkedHashMap<>();
    Map<String, Integer> times = new HashMap<>();
    Optional<InvalidSetting> fault = Optional.of(first);
    while (fault.isPresent()) {
      String key = key(fault.get());
      found.putIfAbsent(key, fault.get());
      fault =
          times.merge(key, 1, Integer::sum) < MOST_OF_ONE_SETTING ? without(key) : Optional.empty();
    }
    return List.copyOf(found.values());
  }

  /** The whole key of the setting that a fault is about; that of the callback if it names none. */
  String key(InvalidSetting fault) {
    return KeyedMessage.of(fault.getMessage(), prefix).key();
  }

  private Optional<InvalidSetting> without(String key) {
    if (!key.startsWith(prefix + ".")) {
      return Optional.empty(); // a fault of the callback as a whole
    }
    String name = key.substring(prefix.length() + 1);
    // The password of a key store without the key store would be a fault of its own.
    String group = name.endsWith(LOCATION) ? name.replaceFirst("location$", "") : name + ".";
    boolean removed = left.keySet().removeIf(one -> (one + ".").startsWith(group));
    if (removed) {
      return attempt.of(left);
    }
    for (String standIn : fills ? STAND_INS : List.<String>of()) {
      left.put(name, standIn);
      Optional<InvalidSetting> next = attempt.of(left);
      if (next.isEmpty() || !key(next.get()).equals(key)) {
        return next;
      }
    }
    return Optional.empty();
  }
}
