package io.actionscheduler.config;

import io.actionscheduler.source.Column;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The settings of a REST source: below {@code rest}, and below each of {@code rest.sources}. */
final class RestKeys {
  static final String SECTION = "rest";
  static final String SOURCES = "rest.sources";

  private static final Type<URI> ADDRESS =
      text -> {
        try {
          URI uri = new URI(Types.NAME.read(text));
          boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
          String server = uri.getRawAuthority(); // URI does not accept a host such as rest_service
          if (web && server != null && !server.contains("@") && uri.getRawQuery() == null) {
            return uri;
          }
        } catch (URISyntaxException e) {
          // reported below, with what is allowed
        }
        throw new Refused(
            "is not an address of a service",
            "http://host:port or https://host:port, without a user (see rest.token) and without ?");
      };

  static final Type<String> PATH =
      text -> {
        String path = Types.NAME.read(text);
        if (!path.startsWith("/") || path.startsWith("//")) {
          throw new Refused("is not a path", "text that begins with one /");
        }
        return path;
      };

  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  /** Headers that the HTTP client sets itself. */
  private static final Set<String> OWN =
      Set.of("connection", "content-length", "content-type", "expect", "host", "upgrade");

  private static final Type<String> HEADER_TYPE =
      text -> {
        String name = Types.NAME.read(text);
        if (!HEADER_NAME.matcher(name).matches() || OWN.contains(name.toLowerCase(Locale.ROOT))) {
          throw new Refused(
              "is not a header for a token", "a name such as Authorization, X-API-Key");
        }
        return name;
      };

  private static final Type<String> TOKEN_TYPE =
      text -> {
        String token =
            text.replaceFirst("[\\r\\n]+$", ""); // base64 and editors leave a line end there
        if (!token.chars().allMatch(c -> c >= ' ' && c <= '~')) {
          throw new Refused("can't be sent in a header", "printable ASCII");
        }
        return token;
      };

  static final Key<URI> URL = Key.of("url", ADDRESS);
  static final Key<String> LIST = Key.of("path", PATH);
  static final Key<Duration> PERIOD =
      Key.of("track_changes_period", Types.duration(Duration.ofSeconds(1)));
  static final Key<ZoneId> TIMEZONE = Key.of("timezone", Types.ZONE);
  static final Key<String> HEADER = Key.of("header", HEADER_TYPE);
  static final Key<String> TOKEN = Key.of("token", TOKEN_TYPE);
  static final Key<Integer> TRIES = Key.of("tries", Types.integer(1, 100));
  static final Key<Duration> TRY_DELAY = Key.of("try_delay", Types.duration(Duration.ZERO));
  static final Key<Duration> TIMEOUT = Key.of("timeout", Types.duration(Duration.ofMillis(1)));
  static final Key<Integer> MAX_PAGES = Key.of("max_pages", Types.integer(1, 1_000_000));
  static final Key<Integer> MAX_BYTES =
      Key.of("max_bytes", Types.integer(1, Integer.MAX_VALUE - 8));
  static final Key<Boolean> IGNORE_NEXT_HOST = Key.of("ignore_next_host", Types.FLAG);
  static final Key<String> CALLBACK = Key.of("callback", Types.NAME);
  static final Key<Boolean> MERGE_MISSED = Key.of("merge_missed", Types.FLAG);
  static final Key<Long> ACTUALITY_TIME = Key.of("actuality_time", Keys.ACTUALITY_TIME.type());

  static final Key<String> REPORT_METHOD =
      Key.of("report.method", Types.oneOf("POST", "PATCH", "PUT"));
  static final Key<String> REPORT_PATH = Key.of("report.path", PATH);
  static final Key<String> REPORT_BODY = Key.of("report.body", Types.NAME);

  /** The fields of an entry, each with its default name; empty: it has no default. */
  static final Map<String, Optional<String>> FIELDS = fields();

  private RestKeys() {}

  private static Map<String, Optional<String>> fields() {
    Map<String, Optional<String>> fields = new LinkedHashMap<>();
    fields.put("id", Optional.of("id"));
    fields.put("name", Optional.of("name"));
    fields.put("cron", Optional.of("cron_expression"));
    fields.put("command", Optional.of("command"));
    fields.put("timezone", Optional.of("timezone"));
    fields.put("enabled", Optional.of("enabled"));
    fields.put("parameters", Optional.of("parameters"));
    for (Column limit : List.of(Column.START_DATE, Column.END_DATE, Column.JITTER)) {
      fields.put(limit.sqlName(), Optional.empty());
    }
    Column.OF_POLICY.forEach(column -> fields.putIfAbsent(column.sqlName(), Optional.empty()));
    return fields;
  }

  static Key<Optional<String>> field(String what) {
    return Key.of("fields." + what, Types.orNone(Types.NAME));
  }

  /** All, below {@code rest}. */
  static Stream<Key<?>> all() {
    Stream<Key<?>> single =
        Stream.of(
            URL,
            LIST,
            PERIOD,
            TIMEZONE,
            HEADER,
            TOKEN,
            TRIES,
            TRY_DELAY,
            TIMEOUT,
            MAX_PAGES,
            MAX_BYTES,
            IGNORE_NEXT_HOST,
            CALLBACK,
            MERGE_MISSED,
            ACTUALITY_TIME,
            REPORT_METHOD,
            REPORT_PATH,
            REPORT_BODY);
    return Stream.<Key<?>>concat(single, FIELDS.keySet().stream().map(RestKeys::field))
        .map(key -> key.in(SECTION));
  }

  /**
   * The setting of {@code rest} that corresponds to one of a named source; any other path
   * unchanged, and empty for a setting that sources cannot have.
   */
  static Optional<String> shared(String path) {
    if (!path.startsWith(SOURCES + ".")) {
      return Optional.of(path);
    }
    int dot = path.indexOf('.', SOURCES.length() + 1);
    String name = path.substring(SOURCES.length() + 1, dot < 0 ? path.length() : dot);
    String rest = dot < 0 ? "" : path.substring(dot);
    return Catalogue.isCallbackName(name) && !rest.startsWith(".sources")
        ? Optional.of(SECTION + rest)
        : Optional.empty();
  }
}
