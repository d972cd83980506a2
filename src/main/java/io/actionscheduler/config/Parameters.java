package io.actionscheduler.config;

import io.actionscheduler.db.UrlParameters;
import io.actionscheduler.text.DidYouMean;
import io.actionscheduler.text.Quoted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Translates the parameters of an address to the spelling of the driver. Unknown parameters are
 * refused, since a misspelt {@code sslmode} would mean no encryption.
 */
final class Parameters {
  /** Names of libpq, psycopg and asyncpg, with the names of the JDBC driver. */
  private static final Map<String, String> RENAMED =
      Map.of(
          "connect_timeout", "connectTimeout",
          "application_name", "ApplicationName",
          "channel_binding", "channelBinding",
          "gssencmode", "gssEncMode",
          "krbsrvname", "kerberosServerName",
          "prepared_statement_cache_size", "prepareThreshold",
          "statement_cache_size", "prepareThreshold");

  private static final Map<String, String> SERVER_TYPES =
      Map.of(
          "any", "any",
          "read-write", "primary",
          "primary", "primary",
          "read-only", "secondary",
          "standby", "secondary",
          "prefer-standby", "preferSecondary");

  private static final List<String> SSL_MODES =
      List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

  /** Parameters of Python's sqlite3 and SQLAlchemy that mean nothing to other programs. */
  private static final Set<String> OF_PYTHON_ALONE =
      Set.of("check_same_thread", "cached_statements", "detect_types", "isolation_level", "uri");

  private static final Pattern NUMBERS =
      Pattern.compile(".*Timeout|prepareThreshold|hostRecheckSeconds|defaultRowFetchSize");

  private Parameters() {}

  static Map<String, String> ofPostgres(Map<String, String> written) throws Refused {
    Set<String> known = UrlParameters.ofPostgres();
    Map<String, String> parameters = new LinkedHashMap<>();
    for (Map.Entry<String, String> one : written.entrySet()) {
      String name = one.getKey();
      String value = one.getValue();
      // asyncpg's ssl=require would mean "where offered" to the JDBC driver, which reads true only.
      if (name.equals("sslmode") || name.equals("ssl") && !value.matches("(?i)true|false|")) {
        put(parameters, "sslmode", oneOf(name, value, SSL_MODES));
      } else if (name.equals("target_session_attrs")) {
        put(
            parameters,
            "targetServerType",
            SERVER_TYPES.get(oneOf(name, value, List.copyOf(SERVER_TYPES.keySet()))));
      } else if (name.equals("client_encoding")) {
        oneOf(name, value.replace("-", "").toLowerCase(Locale.ROOT), List.of("utf8"));
      } else if (RENAMED.containsKey(name)) {
        put(parameters, RENAMED.get(name), checked(name, RENAMED.get(name), value));
      } else if (known.contains(name)) {
        put(parameters, name, checked(name, name, value));
      } else {
        known.add("target_session_attrs");
        known.addAll(RENAMED.keySet());
        throw unknown(name, known);
      }
    }
    String mode = parameters.getOrDefault("sslmode", "");
    String ssl = parameters.getOrDefault("ssl", mode);
    if (!mode.isEmpty()
        && !ssl.equals(mode)
        && isEncrypted(mode) == ssl.equalsIgnoreCase("false")) {
      throw new Refused("has ssl and sslmode that contradict each other", "one of them");
    }
    return parameters;
  }

  /** Two names of one parameter are the parameter twice. */
  private static void put(Map<String, String> parameters, String name, String value)
      throws Refused {
    String before = parameters.put(name, value);
    if (before != null && !before.equals(value)) {
      throw DatabaseUrl.twice(name);
    }
  }

  private static boolean isEncrypted(String sslMode) {
    return sslMode.equals("require") || sslMode.startsWith("verify-");
  }

  static Map<String, String> ofSqlite(Map<String, String> written) throws Refused {
    Set<String> known = UrlParameters.ofSqlite();
    Map<String, String> parameters = new LinkedHashMap<>();
    for (Map.Entry<String, String> one : written.entrySet()) {
      if (one.getKey().equals("timeout")) { // Python's, in seconds
        put(parameters, "busy_timeout", millis(one.getValue()));
      } else if (known.contains(one.getKey())) {
        put(parameters, one.getKey(), one.getValue());
      } else if (!OF_PYTHON_ALONE.contains(one.getKey())) {
        throw unknown(one.getKey(), known);
      }
    }
    return parameters;
  }

  private static String millis(String seconds) throws Refused {
    try {
      return Long.toString(Math.round(Double.parseDouble(seconds) * 1000));
    } catch (NumberFormatException e) {
      throw new Refused("has a timeout that is not a number", "seconds, as ?timeout=20");
    }
  }

  /** Checked here: the driver would report it only at the first connection, and without a line. */
  private static String checked(String name, String driverName, String value) throws Refused {
    if (NUMBERS.matcher(driverName).matches() && !value.matches("-?[0-9]{1,9}")) {
      throw new Refused(
          "has " + name + "=" + Quoted.visible(value) + ", which is not a number",
          "a whole number");
    }
    List<String> choices = UrlParameters.valuesOf(driverName);
    for (String one : choices.isEmpty() ? List.<String>of() : List.of(value.split(",", -1))) {
      if (choices.stream().noneMatch(one.strip()::equalsIgnoreCase)) {
        oneOf(name, one, choices); // requireAuth alone takes several
      }
    }
    return value;
  }

  private static String oneOf(String name, String value, List<String> allowed) throws Refused {
    if (!allowed.contains(value)) {
      throw new Refused(
          "has "
              + name
              + "="
              + Quoted.visible(value)
              + ", which is unknown"
              + DidYouMean.hint(value, allowed),
          String.join(", ", allowed));
    }
    return value;
  }

  private static Refused unknown(String name, Set<String> known) {
    return new Refused(
        "has the parameter "
            + Quoted.quote(name)
            + ", which is unknown"
            + DidYouMean.hint(name, known),
        "those of the JDBC driver, and of libpq");
  }
}
