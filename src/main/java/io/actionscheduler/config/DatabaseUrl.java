package io.actionscheduler.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.actionscheduler.db.DatabaseSettings.Dialect;
import io.actionscheduler.text.DidYouMean;
import io.actionscheduler.text.Quoted;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The parts of a database's address, JDBC or SQLAlchemy style.
 *
 * @param host one with its port, or several separated by commas; empty: not given
 * @param database its name, or the path of the SQLite file as written; empty: not said, or in
 *     memory
 * @param parameters in their order, decoded
 */
record DatabaseUrl(
    Dialect dialect,
    Optional<String> username,
    Optional<String> password,
    String host,
    String database,
    Map<String, String> parameters) {

  static final Type<String> DIALECT =
      text -> {
        String name = text.strip().toLowerCase(Locale.ROOT);
        int plus = name.indexOf('+'); // SQLAlchemy's postgresql+psycopg2
        return name(dialect(plus < 0 ? name : name.substring(0, plus)));
      };

  private static final String ALLOWED =
      "postgresql://user:password@host:5432/database, sqlite:///relative.db, "
          + "sqlite:////absolute.db, and the same as jdbc:postgresql: and jdbc:sqlite:";

  private static final Pattern URL =
      Pattern.compile("(?i)(jdbc:)?([a-z]+)(\\+[a-z0-9_]+)?:([^?]*)(?:\\?(.*))?", Pattern.DOTALL);

  /** The password may contain slashes, as for SQLAlchemy, but no at-sign and no question mark. */
  private static final Pattern SERVER =
      Pattern.compile("(?://(?:([^:/]*?)(?::([^@]*))?@)?([^/@]*)(?:/(.*))?|([^/]*))");

  private static final Pattern HOST =
      Pattern.compile("(?:[^\\s:/@\\[\\]]+|\\[[0-9a-fA-F:.%]+])?(?::([0-9]{1,5}))?");

  static Dialect dialect(String name) throws Refused {
    return switch (name) {
      case "postgresql", "postgres" -> Dialect.POSTGRESQL;
      case "sqlite" -> Dialect.SQLITE;
      default ->
          throw new Refused(
              "is a dialect that is not supported"
                  + DidYouMean.hint(name, List.of("postgresql", "sqlite")),
              "postgresql, sqlite");
    };
  }

  private static String name(Dialect dialect) {
    return dialect.name().toLowerCase(Locale.ROOT);
  }

  /** Its kind in the form of the setting {@code dialect}. */
  String name() {
    return name(dialect);
  }

  static DatabaseUrl parse(String text) throws Refused {
    Matcher url = URL.matcher(text.strip());
    if (!url.matches()) {
      throw new Refused("is not an address of a database", ALLOWED);
    }
    boolean jdbc = url.group(1) != null;
    Map<String, String> parameters = parameters(url.group(5) == null ? "" : url.group(5));
    return switch (dialect(url.group(2).toLowerCase(Locale.ROOT))) {
      case POSTGRESQL -> server(url.group(4), parameters);
      case SQLITE -> file(jdbc, url.group(4), parameters);
    };
  }

  private static DatabaseUrl server(String place, Map<String, String> parameters) throws Refused {
    Matcher parts = SERVER.matcher(place);
    if (!parts.matches()) {
      boolean at = place.indexOf('@') != place.lastIndexOf('@');
      throw new Refused(
          "is not an address of a server" + (at ? "; an @ in user or password is written %40" : ""),
          ALLOWED);
    }
    String hosts = parts.group(3) == null ? "" : parts.group(3);
    Map<String, String> rest = new LinkedHashMap<>(parameters);
    String named = hosts(rest.remove("host"), rest.remove("port"));
    if (!named.isEmpty() && !hosts.isEmpty()) {
      throw new Refused("has a host twice, once as a parameter", ALLOWED);
    }
    hosts = named.isEmpty() ? hosts : named;
    if (!hosts.startsWith("/") && !Stream.of(hosts.split(",")).allMatch(DatabaseUrl::isHost)) {
      throw new Refused("has a host that can't be one, or a port that is not 1 to 65535", ALLOWED);
    }
    String database = parts.group(5) == null ? parts.group(4) : parts.group(5);
    return new DatabaseUrl(
        Dialect.POSTGRESQL,
        once("user", decoded(parts.group(1)), rest.remove("user")),
        once("password", decoded(parts.group(2)), rest.remove("password")),
        hosts,
        decoded(database).orElse(""),
        rest);
  }

  /** What stands before the host, or is a parameter. */
  private static Optional<String> once(String name, Optional<String> before, String parameter)
      throws Refused {
    if (before.isPresent() && parameter != null && !before.get().equals(parameter)) {
      throw twice(name);
    }
    return before.or(() -> Optional.ofNullable(parameter));
  }

  /** Whether it can be a host, with or without a port; an empty one is the default host. */
  static boolean isHost(String text) {
    Matcher host = HOST.matcher(text);
    return host.matches()
        && (host.group(1) == null
            || Integer.parseInt(host.group(1)) > 0 && Integer.parseInt(host.group(1)) <= 65_535);
  }

  /** Hosts in the form of libpq, {@code host=a,b&port=1,2}, or of SQLAlchemy, {@code host=a:1}. */
  private static String hosts(String hosts, String ports) throws Refused {
    if (hosts == null || ports == null) {
      return hosts != null ? hosts : ports != null ? ":" + ports : "";
    }
    String[] names = hosts.split(",", -1);
    String[] numbers = ports.split(",", -1);
    if (numbers.length != 1 && numbers.length != names.length) {
      throw new Refused("needs as many ports as hosts, or one for all", ALLOWED);
    }
    StringJoiner all = new StringJoiner(",");
    for (int i = 0; i < names.length; i++) {
      all.add(names[i] + ":" + numbers[numbers.length == 1 ? 0 : i]);
    }
    return all.toString();
  }

  private static DatabaseUrl file(boolean jdbc, String place, Map<String, String> parameters)
      throws Refused {
    String path = place;
    if (!jdbc) {
      if (!place.equals("//") && !place.startsWith("///")) {
        throw new Refused("needs three slashes, four before an absolute path", ALLOWED);
      }
      path = place.length() > 3 ? place.substring(3) : "";
    }
    if (path.startsWith("file:")) {
      path = decoded(path.substring("file:".length())).orElse("");
    }
    return new DatabaseUrl(
        Dialect.SQLITE, Optional.empty(), Optional.empty(), "", path, parameters);
  }

  private static Map<String, String> parameters(String query) throws Refused {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String parameter : query.split("&")) {
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? parameter : parameter.substring(0, equals);
      if (!name.isEmpty()) {
        String value = equals < 0 ? "" : decode(parameter.substring(equals + 1), true);
        String key = decode(name, true);
        boolean many = key.equals("host") || key.equals("port"); // as SQLAlchemy names several
        String before = parameters.get(key);
        if (before != null && !many && !before.equals(value)) {
          throw twice(key);
        }
        parameters.put(key, before != null && many ? before + "," + value : value);
      }
    }
    return parameters;
  }

  /** Programs differ in which of two values counts: one of them may mean no encryption. */
  static Refused twice(String name) {
    return new Refused(
        "has " + Quoted.visible(name) + " twice, with different values; keep one of them", ALLOWED);
  }

  private static Optional<String> decoded(String text) throws Refused {
    return text == null || text.isEmpty() ? Optional.empty() : Optional.of(decode(text, false));
  }

  private static String decode(String text, boolean plusIsBlank) throws Refused {
    try {
      return URLDecoder.decode(plusIsBlank ? text : text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Refused(
          "has a % without two hexadecimal digits after it; write %25 for a plain one", ALLOWED);
    }
  }
}
