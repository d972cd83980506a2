package io.actionscheduler.callback.redis;

import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.callback.common.Tls;
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

/** Reads which Redis a callback delivers to: an address as one {@code url}, or its parts. */
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
        parts.text("host").orElse("localhost").strip(),
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

  /** The settings, what {@code url} says laid under the rest. */
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
      throw new InvalidSetting(
          settings.prefix()
              + ".url: is no address of a Redis; allowed: redis://user:password@host:port/database,"
              + " rediss:// for TLS",
          e);
    }
    values.putAll(settings.values());
    return new CallbackSettings(settings.name(), settings.type(), settings.prefix(), values);
  }

  private static void parts(URI url, Map<String, String> values) {
    boolean tls = "rediss".equals(url.getScheme());
    if (url.getHost() == null || !tls && !"redis".equals(url.getScheme())) {
      throw new IllegalArgumentException("not of the form redis://host");
    }
    values.put("host", url.getHost().replaceAll("[\\[\\]]", ""));
    if (tls) {
      values.put("tls", "true");
    }
    if (url.getPort() >= 0) {
      values.put("port", Integer.toString(url.getPort()));
    }
    String path = url.getPath() == null ? "" : url.getPath().replaceFirst("^/", "");
    if (!path.isEmpty()) {
      values.put("database", path);
    }
    String login = url.getRawUserInfo() == null ? "" : url.getRawUserInfo();
    int colon = login.indexOf(':');
    if (colon >= 0) {
      values.put("username", decoded(login.substring(0, colon)));
      values.put("password", decoded(login.substring(colon + 1)));
    } else if (!login.isEmpty()) {
      throw new IllegalArgumentException("a user without a password");
    }
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
