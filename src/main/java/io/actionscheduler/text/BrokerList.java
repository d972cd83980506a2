package io.actionscheduler.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses of Kafka brokers: {@code host:port} or {@code kafka://host:port}, with commas. */
public final class BrokerList {
  /** What is allowed, for messages. */
  public static final String ALLOWED =
      "host:port or kafka://host:port, several in a list or separated by commas";

  private static final Pattern ONE =
      Pattern.compile(
          "(?:kafka://)?([^\\s,:/@\\[\\]]+|\\[[0-9a-fA-F:.]+(?:%[0-9A-Za-z._-]+)?]):([0-9]{1,5})/?");

  private BrokerList() {}

  /** The addresses as {@code host:port}, or why {@code text} is none. One of both is empty. */
  public record Read(List<String> servers, Optional<String> fault) {}

  /** Reads them; what is empty between or after commas is passed over, as Kafka's clients do. */
  public static Read read(String text) {
    List<String> servers = new ArrayList<>();
    for (String each : text.split(",")) {
      String server = each.strip();
      if (server.isEmpty()) {
        continue;
      }
      Matcher parts = ONE.matcher(server);
      if (!parts.matches()) {
        return new Read(List.of(), Optional.of("is not an address of a broker"));
      }
      int port = Integer.parseInt(parts.group(2));
      if (port < 1 || port > 65_535) {
        return new Read(List.of(), Optional.of("has a port out of range"));
      }
      servers.add(parts.group(1) + ":" + port);
    }
    return servers.isEmpty()
        ? new Read(List.of(), Optional.of("is not an address of a broker"))
        : new Read(List.copyOf(servers), Optional.empty());
  }
}
