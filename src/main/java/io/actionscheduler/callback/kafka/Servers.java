package io.actionscheduler.callback.kafka;

import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.InvalidSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code kafka.server}. */
final class Servers {
  private static final String KEY = "server";

  /** A host, or an IPv6 address in brackets, and a port. */
  private static final Pattern SERVER =
      Pattern.compile("([^\\s\\[\\]:/]+|\\[[0-9a-fA-F:.%]+]):(\\d{1,5})");

  private Servers() {}

  /**
   * Brokers to start from, as {@code host:port}: from {@code host:port}, {@code kafka://host:port},
   * or a list of either with commas.
   */
  static List<String> of(CallbackSettings settings) throws InvalidSetting {
    String written = settings.required(KEY);
    List<String> servers = new ArrayList<>();
    for (String each : written.split(",")) {
      String server = each.strip();
      if (server.startsWith("kafka://")) {
        server = server.substring("kafka://".length()).replaceFirst("/$", "");
      }
      if (!server.isEmpty()) {
        servers.add(checked(settings, written, server));
      }
    }
    if (servers.isEmpty()) {
      throw settings.invalid(KEY, written, "host:port, or several of them with commas");
    }
    return servers;
  }

  private static String checked(CallbackSettings settings, String written, String server)
      throws InvalidSetting {
    Matcher matcher = SERVER.matcher(server);
    if (matcher.matches()) {
      int port = Integer.parseInt(matcher.group(2));
      if (port >= 1 && port <= 65_535) {
        return server;
      }
    }
    throw settings.invalid(
        KEY, written, "host:port, such as localhost:9092, or several of them with commas");
  }
}
