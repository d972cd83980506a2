package io.actionscheduler.config;

import io.actionscheduler.events.Receiver;
import io.actionscheduler.fire.Run;
import io.actionscheduler.text.DidYouMean;
import io.actionscheduler.text.ServerName;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the list {@code http.events.webhooks}: the receivers of events about runs. */
final class ReceiversReader {
  private static final String EVENTS = "http.events";
  private static final String SECTION = EVENTS + ".webhooks";
  private static final Pattern ITEM =
      Pattern.compile("http\\.events\\.webhooks\\.([0-9]{1,6})\\.(.+)");
  private static final String WHSEC = "whsec_";

  /** The bytes that the standard asks for. */
  private static final int LEAST_KEY = 24;

  private static final int MOST_KEY = 64;

  private static final Set<String> NAMES =
      new TreeSet<>(
          Set.of(
              "name",
              "url",
              "secret",
              "types",
              "callbacks",
              "timeout",
              "max_concurrent",
              "queue",
              "give_up_after"));

  /** The outcomes of runs by the type of their event: {@code run.success}. */
  private static final Map<String, Run.Status> TYPES =
      EnumSet.complementOf(EnumSet.of(Run.Status.RUNNING, Run.Status.RETRYING)).stream()
          .collect(Collectors.toMap(status -> "run." + status, status -> status));

  private static final Type<URI> ADDRESS =
      text -> {
        try {
          URI address = new URI(text.strip());
          String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
          if (Set.of("http", "https").contains(scheme)
              && !String.valueOf(address.getRawAuthority()).contains("@")
              && ServerName.of(address).isPresent()) {
            return address;
          }
        } catch (URISyntaxException e) {
          // reported below, with what is allowed
        }
        throw new Refused(
            "is not an address of a receiver",
            "http://host/path or https://host/path, without a user");
      };

  private static final Type<String> SECRET =
      text -> {
        String secret = text.strip();
        try {
          int length = Base64.getDecoder().decode(secret.replaceFirst("^" + WHSEC, "")).length;
          if (secret.startsWith(WHSEC) && length >= LEAST_KEY && length <= MOST_KEY) {
            return secret;
          }
        } catch (IllegalArgumentException e) {
          // reported below, with what is allowed
        }
        throw new Refused(
            "is not a secret",
            WHSEC + " and " + LEAST_KEY + " to " + MOST_KEY + " random bytes in Base64");
      };

  private final Values values;
  private final Problems problems;
  private final Set<String> callbacks;

  /**
   * @param callbacks the names of all callbacks
   */
  ReceiversReader(Values values, Problems problems, Set<String> callbacks) {
    this.values = values;
    this.problems = problems;
    this.callbacks = callbacks;
  }

  /** Whether this class reports on {@code key}, also if it is wrong. */
  static boolean isOne(String key) {
    return key.startsWith(EVENTS + ".") || key.equals(EVENTS);
  }

  /**
   * All receivers.
   *
   * @param isListening whether there is an HTTP API, which sends the events
   */
  List<Receiver> read(boolean isListening) {
    Map<Integer, String> items = new TreeMap<>();
    for (Setting setting : values.below(EVENTS).values()) {
      Matcher item = ITEM.matcher(setting.key());
      if (item.matches()) {
        items.put(Integer.parseInt(item.group(1)), SECTION + "." + item.group(1));
      }
      checkKnown(setting, item);
    }
    if (!items.isEmpty() && !isListening) {
      problems.add(
          first(SECTION).source(),
          SECTION,
          "set without http.port; set a port (it may be one for this machine only)");
    }
    List<Receiver> receivers = new ArrayList<>();
    Set<String> names = new HashSet<>();
    items.forEach((number, item) -> receiver(item, number, names).ifPresent(receivers::add));
    return receivers;
  }

  private Setting first(String section) {
    return values.below(section).values().iterator().next();
  }

  private void checkKnown(Setting setting, Matcher item) {
    String name = item.matches() ? item.group(2).replaceFirst("\\.[0-9]+$", "") : "";
    if (item.matches() && NAMES.contains(name)) {
      return;
    }
    String at = item.matches() ? SECTION + "." + item.group(1) : EVENTS;
    Set<String> known = item.matches() ? NAMES : Set.of("webhooks");
    String wrong = item.matches() ? name : setting.key().substring(EVENTS.length() + 1);
    problems.add(
        setting,
        "unknown setting, value "
            + setting.quoted()
            + DidYouMean.hint(wrong, known)
            + "; known in "
            + at
            + ": "
            + String.join(", ", known)
            + (item.matches() ? "" : ", a list"));
  }

  private Optional<Receiver> receiver(String item, int number, Set<String> names) {
    String name = one(item, "name", Types.NAME).orElse("webhook" + number);
    if (!names.add(name)) {
      Setting at = values.setting(item + ".name").orElseGet(() -> first(item));
      problems.add(at, "another webhook has the name \"" + name + "\"; choose another");
    }
    Optional<URI> address = required(item, "url", "the address of the receiver", ADDRESS);
    List<String> secrets = list(item, "secret", SECRET);
    if (isMissing(item, "secret")) {
      problems.add(
          first(item).source(),
          item + ".secret",
          "required, and not set; add " + WHSEC + " and 32 random bytes in Base64");
    }
    Set<Run.Status> statuses = statuses(item);
    Set<String> wanted = Set.copyOf(list(item, "callbacks", this::callback));
    Receiver.Limits limits =
        new Receiver.Limits(
            one(item, "timeout", Types.duration(Duration.ofMillis(100)))
                .orElse(Duration.ofSeconds(10)),
            one(item, "max_concurrent", Types.integer(1, 100)).orElse(4),
            one(item, "queue", Types.integer(1, 1_000_000)).orElse(10_000),
            one(item, "give_up_after", Types.duration(Duration.ofSeconds(1)))
                .orElse(Duration.ofHours(24)));
    return address
        .filter(uri -> !secrets.isEmpty())
        .map(uri -> new Receiver(name, uri, secrets, statuses, wanted, limits));
  }

  private Set<Run.Status> statuses(String item) {
    Type<String> type = Types.oneOf(new TreeSet<>(TYPES.keySet()).toArray(String[]::new));
    return isMissing(item, "types")
        ? Set.copyOf(TYPES.values())
        : list(item, "types", type).stream().map(TYPES::get).collect(Collectors.toSet());
  }

  private String callback(String name) throws Refused {
    if (!callbacks.contains(name)) {
      throw new Refused(
          "is not a callback" + DidYouMean.hint(name, callbacks),
          String.join(", ", new TreeSet<>(callbacks)));
    }
    return name;
  }

  private boolean isMissing(String item, String name) {
    return values.setting(item + "." + name).isEmpty() && values.below(item + "." + name).isEmpty();
  }

  private <T> Optional<T> required(String item, String name, String what, Type<T> type) {
    if (isMissing(item, name)) {
      problems.add(first(item).source(), item + "." + name, "required, and not set; add " + what);
    }
    return one(item, name, type);
  }

  private <T> Optional<T> one(String item, String name, Type<T> type) {
    return values
        .setting(item + "." + name)
        .flatMap(setting -> problems.read(setting, setting.value(), type));
  }

  /** A list, or one text with commas. */
  private <T> List<T> list(String item, String name, Type<T> type) {
    List<T> all = new ArrayList<>();
    String key = item + "." + name;
    List<Setting> settings = new ArrayList<>(values.below(key).values());
    values.setting(key).ifPresent(settings::add);
    for (Setting setting : settings) {
      for (String part : setting.value().split(",", -1)) {
        problems.read(setting, part.strip(), type).ifPresent(all::add);
      }
    }
    return all;
  }
}
