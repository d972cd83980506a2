package io.actionscheduler.callback.redis;

import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.callback.common.Tls;
import io.actionscheduler.text.Quoted;
import io.actionscheduler.text.ServerName;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/** Reads the address of the Redis that a callback delivers to: one {@code url}, or its parts. */
final class ServerSettings {
  static final Set<String> KEYS =
      Set.of("url", "host", "port", "database", "username", "password", "tls", "tls_ca", "timeout");

  private ServerSettings() {}

  static Server read(CallbackSettings settings) throws InvalidSetting {
    CallbackSettings parts = withUrl(settings);
    boolean tls = parts.flag("tls", parts.text("tls_ca").isPresent());
    Optional<SSLContext> context =
        tls ? Optional.of(Tls.context(parts, "tls_ca")) : Optional.empty();
    return new Server(
        parts.host("host", "localhost"),
        parts.number("port", 6379, 1, 65_535),
        parts.number("database", 0, 0, 1_000_000),
        login(parts),
        context,
        parts.span("timeout", Duration.ofSeconds(5), Duration.ofHours(1)));
  }

  private static Optional<Server.Login> login(CallbackSettings parts) throws InvalidSetting {
    Optional<String> user = parts.text("username");
    Optional<String> password = parts.text("password");
    if (user.isPresent() && password.isEmpty()) {
      throw new InvalidSetting(
          parts.prefix()
              + ".username: set without a password; add "
              + parts.prefix()
              + ".password");
    }
    return password.map(secret -> new Server.Login(user, secret));
  }

  /** The settings, completed by the parts of {@code url}. */
  private static CallbackSettings withUrl(CallbackSettings settings) throws InvalidSetting {
    Optional<String> url = settings.text("url");
    if (url.isEmpty()) {
      return settings;
    }
    Map<String, String> values = new HashMap<>();
    try {
      parts(new URI(url.get().strip()), values);
    } catch (URISyntaxException | IllegalArgumentException e) {
      // The value may hold a password: it is not shown.
      String parameter = String.valueOf(e.getMessage());
      throw new InvalidSetting(
          settings.prefix()
              + ".url: "
              + (parameter.startsWith("has the parameter")
                  ? parameter
                  : "is not an address of Redis")
              + "; allowed: redis://user:password@host:port/database,"
              + " rediss:// for TLS",
          e);
    }
    values.putAll(settings.values());
    return new CallbackSettings(settings.name(), settings.type(), settings.prefix(), values);
  }

  private static void parts(URI url, Map<String, String> values) {
    boolean tls = "rediss".equals(url.getScheme());
    ServerName server =
        ServerName.of(url)
            .filter(any -> tls || "redis".equals(url.getScheme()))
            .orElseThrow(() -> new IllegalArgumentException("not of the form redis://host"));
    values.put("host", server.host().replaceAll("[\\[\\]]", ""));
    if (tls) {
      values.put("tls", "true");
    }
    if (server.port() >= 0) {
      values.put("port", Integer.toString(server.port()));
    }
    String path = url.getPath() == null ? "" : url.getPath().replaceFirst("^/", "");
    if (!path.isEmpty()) {
      values.put("database", path);
    }
    parameters(url, path.isEmpty(), values);
    String authority = url.getRawAuthority();
    int at = authority.lastIndexOf('@');
    String login = at < 0 ? "" : authority.substring(0, at);
    int colon = login.indexOf(':');
    if (colon >= 0) {
      values.put("username", decoded(login.substring(0, colon)));
      values.put("password", decoded(login.substring(colon + 1)));
    } else if (!login.isEmpty()) {
      throw new IllegalArgumentException("a user without a password");
    }
  }

  /** Only the database may be a parameter, as for redis-py, node-redis and go-redis. */
  private static void parameters(URI url, boolean free, Map<String, String> values) {
    String query = url.getRawQuery() == null ? "" : url.getRawQuery();
    for (String parameter : query.isEmpty() ? new String[0] : query.split("&")) {
      if (!parameter.startsWith("db=") || !free) {
        throw new IllegalArgumentException(
            "has the parameter "
                + Quoted.quote(parameter.split("=", 2)[0])
                + "; only db is known,"
                + " and only without a database in the path");
      }
      String database = decoded(parameter.substring("db=".length()));
      if (!database.equals(values.getOrDefault("database", database))) {
        throw new IllegalArgumentException("has db twice, with different values");
      }
      values.put("database", database);
    }
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
