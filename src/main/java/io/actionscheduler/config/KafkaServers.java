package io.actionscheduler.config;

import java.util.regex.Pattern;

/** The form of {@code kafka.server}: {@code host:port}, several parted by commas. */
final class KafkaServers {
  private static final Pattern ONE =
      Pattern.compile("(kafka://)?([^\\s,:/@\\[\\]]+|\\[[0-9a-fA-F:.]+]):([0-9]{1,5})/?");

  static final Type<String> TYPE =
      text -> {
        for (String server : text.strip().split("\\s*,\\s*", -1)) {
          var parts = ONE.matcher(server);
          if (!parts.matches()) {
            throw new Refused("is no address of a broker", allowed());
          }
          int port = Integer.parseInt(parts.group(3));
          if (port < 1 || port > 65_535) {
            throw new Refused("has a port out of range", allowed());
          }
        }
        return text.strip();
      };

  private KafkaServers() {}

  private static String allowed() {
    return "host:port or kafka://host:port, several in a list or parted by commas";
  }
}
