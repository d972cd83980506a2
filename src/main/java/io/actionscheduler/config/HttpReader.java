package io.actionscheduler.config;

import io.actionscheduler.events.Receiver;
import io.actionscheduler.http.HttpSettings;
import io.actionscheduler.http.HttpSettings.Address;
import io.actionscheduler.http.HttpSettings.ApiKey;
import io.actionscheduler.http.HttpSettings.Limits;
import io.actionscheduler.http.HttpSettings.Right;
import io.actionscheduler.http.HttpSettings.Tls;
import io.actionscheduler.http.WeakKey;
import io.actionscheduler.text.DidYouMean;
import io.actionscheduler.text.ServerName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the section {@code http}; without {@code http.port} there is no HTTP API. */
final class HttpReader {
  private static final Set<String> NAMES =
      new TreeSet<>(
          Set.of(
              "port",
              "host",
              "hosts",
              "api_key",
              "api_keys",
              "base_path",
              "rate_limit",
              "max_body",
              "body_timeout",
              "events",
              "tls"));
  private static final Set<String> OF_A_KEY = new TreeSet<>(Set.of("key", "name", "rights"));
  private static final Set<String> OF_TLS = new TreeSet<>(Set.of("keystore", "password"));
  private static final Pattern ITEM = Pattern.compile("http\\.api_keys\\.([0-9]+)(?:\\.(.+))?");
  private static final Pattern HASH = Pattern.compile(ApiKey.HASHED + "[0-9a-f]{64}");

  private static final Type<String> HOST =
      text -> {
        if (ServerName.isHost(text.strip())) {
          return text.strip();
        }
        throw new Refused("cannot be a host", "a name or an address, without scheme and port");
      };

  private static final Type<String> BASE_PATH =
      text -> {
        String path = text.strip().replaceFirst("(?<!/)/++$", "");
        if (path.isEmpty() || path.matches("(/[A-Za-z0-9._~-]++)++") && !path.contains("/.")) {
          return path;
        }
        throw new Refused(
            "is not a base path", "text such as /scheduler, of letters, digits and -._~");
      };

  private final Values values;
  private final Problems problems;
  private final Set<String> callbacks;
  private final Set<String> used = new HashSet<>();

  /**
   * @param callbacks the names of all callbacks
   */
  HttpReader(Values values, Problems problems, Set<String> callbacks) {
    this.values = values;
    this.problems = problems;
    this.callbacks = callbacks;
  }

  /** The settings without wrong values (which are reported); empty where there is no HTTP API. */
  Optional<HttpSettings> read() {
    SortedMap<String, Setting> section = values.below("http");
    if (section.isEmpty()) {
      return Optional.empty();
    }
    Optional<Integer> port = one("port", Types.integer(0, 65_535));
    String host = one("host", HOST).orElse("127.0.0.1");
    List<String> hosts = list("hosts");
    String basePath = one("base_path", BASE_PATH).orElse("");
    int rate = one("rate_limit", Types.integer(1, 10_000_000)).orElse(5_000);
    int body = one("max_body", Types.integer(1_024, 64 * 1024 * 1024)).orElse(1024 * 1024);
    Duration time =
        one("body_timeout", Types.duration(Duration.ofMillis(100))).orElse(Duration.ofSeconds(20));
    Optional<Tls> tls = tls();
    List<ApiKey> keys = keys();
    List<Receiver> receivers =
        new ReceiversReader(values, problems, callbacks).read(port.isPresent());
    section.values().stream()
        .filter(one -> !used.contains(one.key()) && !ReceiversReader.isOne(one.key()))
        .forEach(this::unknown);
    if (keys.isEmpty() && port.isPresent()) {
      requireLoopback(host);
    }
    return port.map(
        number ->
            new HttpSettings(
                new Address(host, number, hosts, tls),
                basePath,
                keys,
                new Limits(rate, body, time),
                receivers,
                isDevelopment()));
  }

  private boolean isDevelopment() {
    return values.find(Keys.ENVIRONMENT).filter("development"::equalsIgnoreCase).isPresent();
  }

  private <T> Optional<T> one(String name, Type<T> type) {
    String key = "http." + name;
    used.add(key);
    return values.setting(key).flatMap(setting -> problems.read(setting, setting.value(), type));
  }

  /** A list, or one text with commas. */
  private List<String> list(String name) {
    return listAt("http." + name);
  }

  private List<String> listAt(String key) {
    List<String> all = new ArrayList<>();
    for (Setting setting : values.below(key).values()) {
      if (setting.key().substring(key.length() + 1).matches("[0-9]+")) {
        used.add(setting.key());
        all.add(setting.value().strip());
      }
    }
    Optional<Setting> plain = values.setting(key);
    used.add(key);
    plain.ifPresent(
        setting -> Arrays.stream(setting.value().split(",")).map(String::strip).forEach(all::add));
    all.removeIf(String::isEmpty);
    return all;
  }

  private Optional<Tls> tls() {
    Optional<Path> store = one("tls.keystore", Types.FILE);
    Optional<String> password = one("tls.password", Types.TEXT);
    if (store.isEmpty() && password.isPresent()) {
      problems.add(
          values.setting("http.tls.password").orElseThrow(),
          "set without http.tls.keystore; add the path of the key store");
    }
    return store.map(path -> new Tls(path, password.orElse("")));
  }

  private List<ApiKey> keys() {
    List<ApiKey> keys = new ArrayList<>();
    used.add("http.api_key");
    values
        .setting("http.api_key")
        .filter(setting -> !setting.value().isBlank())
        .flatMap(this::secret)
        .ifPresent(secret -> keys.add(new ApiKey("api_key", secret, EnumSet.allOf(Right.class))));
    Map<Integer, String> items = new TreeMap<>();
    for (Setting setting : values.below("http.api_keys").values()) {
      Matcher item = ITEM.matcher(setting.key());
      if (item.matches()) {
        items.put(Integer.parseInt(item.group(1)), "http.api_keys." + item.group(1));
      }
    }
    Set<String> names = new HashSet<>(Set.of("api_key"));
    items.values().forEach(item -> key(item, names).ifPresent(keys::add));
    return keys;
  }

  private Optional<ApiKey> key(String item, Set<String> names) {
    used.add(item + ".key");
    used.add(item + ".name");
    Optional<Setting> secret = values.setting(item + ".key");
    Optional<Setting> named = values.setting(item + ".name");
    Setting any = values.below(item).values().stream().findFirst().orElse(null);
    if (any == null) {
      return Optional.empty(); // a plain text in the list: reported as unknown
    }
    if (secret.isEmpty()) {
      problems.add(any.source(), item + ".key", "required, and not set; add the key");
      listAt(item + ".rights");
      return Optional.empty();
    }
    String name =
        named
            .flatMap(one -> problems.read(one, one.value(), Types.NAME))
            .orElse("key" + item.replaceAll("\\D+", ""));
    if (!names.add(name)) {
      problems.add(named.orElse(secret.get()), "another key has this name; choose another");
    }
    Set<Right> rights = rights(item + ".rights");
    return secret(secret.get()).map(text -> new ApiKey(name, text, rights));
  }

  private Set<Right> rights(String key) {
    List<String> written = listAt(key);
    if (written.isEmpty()) {
      return EnumSet.of(Right.READ, Right.RUN, Right.WRITE);
    }
    Set<Right> rights = EnumSet.noneOf(Right.class);
    for (String word : written) {
      try {
        rights.add(Right.valueOf(word.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        Setting at =
            values
                .setting(key)
                .or(() -> values.below(key).values().stream().findFirst())
                .orElseThrow();
        List<String> known = Arrays.stream(Right.values()).map(Right::toString).toList();
        problems.add(
            at.source(),
            key,
            "\""
                + word
                + "\" is unknown"
                + DidYouMean.hint(word, known)
                + "; allowed: read, run,"
                + " write, execute");
      }
    }
    return rights;
  }

  private Optional<String> secret(Setting setting) {
    String secret = setting.value().strip();
    if (secret.startsWith(ApiKey.HASHED)) {
      if (!HASH.matcher(secret).matches()) {
        problems.add(setting, "is not a hash of a key; \"action-scheduler key new\" prints one");
        return Optional.empty();
      }
      return Optional.of(secret);
    }
    Optional<String> weak = WeakKey.problem(secret);
    if (weak.isPresent() && !isDevelopment()) {
      problems.add(
          setting,
          weak.get()
              + "; make one with \"action-scheduler key new\", or set environment: development");
      return Optional.empty();
    }
    return Optional.of(secret);
  }

  private void requireLoopback(String host) {
    try {
      if (InetAddress.getByName(host).isLoopbackAddress()) {
        return;
      }
    } catch (UnknownHostException e) {
      // reported below: not a loopback address
    }
    Setting at =
        values.setting("http.host").orElseGet(() -> values.setting("http.port").orElseThrow());
    problems.add(
        at,
        "\""
            + host
            + "\" is reached from other machines, and no key is set; set http.api_key (make one"
            + " with \"action-scheduler key new\"), or use 127.0.0.1");
  }

  private void unknown(Setting setting) {
    String key = setting.key();
    Matcher item = ITEM.matcher(key);
    String section = "http";
    Set<String> known = NAMES;
    if (item.matches()) {
      section = "http.api_keys." + item.group(1);
      known = OF_A_KEY;
    } else if (key.startsWith("http.tls.")) {
      section = "http.tls";
      known = OF_TLS;
    }
    String name = key.length() > section.length() ? key.substring(section.length() + 1) : key;
    problems.add(
        setting,
        "unknown setting, value "
            + setting.quoted()
            + DidYouMean.hint(name, known)
            + "; known in "
            + section
            + ": "
            + String.join(", ", known));
  }
}
