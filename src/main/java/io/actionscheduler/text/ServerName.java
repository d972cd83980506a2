package io.actionscheduler.text;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server of an address. Names with an underscore, usual among containers, count as hosts, which
 * {@link URI#getHost} gives none for; names with characters that nobody sees do not.
 *
 * @param host a name or an address, one of IPv6 in brackets
 * @param port -1 where the address says none
 */
public record ServerName(String host, int port) {
  private static final int LARGEST_PORT = 65_535;
  private static final Pattern SERVER =
      Pattern.compile(
          "(?:[^@]*@)?(\\[[0-9a-fA-F:.%]+]|[^\\s:@/?#\\[\\]\\p{C}\\p{Z}]+)(?::([0-9]{0,5}))?");
  private static final Pattern HOST =
      Pattern.compile("[^\\s:@/?#,\\[\\]\"\\p{C}\\p{Z}]+|\\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.%]*]?");

  public ServerName {
    requireNonNull(host, "host is null");
  }

  /** The server of {@code address}, a user before it left out; empty where there is none. */
  public static Optional<ServerName> of(URI address) {
    String authority = address.getRawAuthority();
    Matcher server = SERVER.matcher(authority == null ? "" : authority);
    if (!server.matches()) {
      return Optional.empty();
    }
    String port = server.group(2) == null ? "" : server.group(2);
    int number = port.isEmpty() ? -1 : Integer.parseInt(port);
    return number == 0 || number > LARGEST_PORT
        ? Optional.empty()
        : Optional.of(new ServerName(server.group(1), number));
  }

  /** Whether {@code text} can be the name or the address of a host, without port and scheme. */
  public static boolean isHost(String text) {
    return HOST.matcher(text).matches();
  }
}
