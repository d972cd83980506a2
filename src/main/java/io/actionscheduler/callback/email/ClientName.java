package io.actionscheduler.callback.email;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * The name that the scheduler gives to a mail server (EHLO). RFC 5321 asks for a full host name or
 * an address in brackets, and many servers refuse mail from a client that gives anything else.
 */
final class ClientName {
  /** At least two labels, of which the last is not a number. */
  private static final Pattern FULL =
      Pattern.compile(
          "(?=.{4,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]");

  private static final Pattern LITERAL = Pattern.compile("\\[(IPv6:)?[0-9A-Fa-f:.]{2,45}]");

  private ClientName() {}

  /** Whether servers have to accept {@code name}. */
  static boolean isValid(String name) {
    return FULL.matcher(name).matches() || LITERAL.matcher(name).matches();
  }

  /**
   * The name of this machine if it is a full one, otherwise the address of the connection.
   *
   * @param local of the connection to the server
   */
  static String of(InetAddress local) {
    try {
      String name = InetAddress.getLocalHost().getHostName();
      if (FULL.matcher(name).matches()) {
        return name;
      }
    } catch (UnknownHostException e) {
      // A machine without a name still has an address.
    }
    String address = local.getHostAddress().replaceFirst("%.*", "");
    return local instanceof Inet6Address ? "[IPv6:" + address + "]" : "[" + address + "]";
  }
}
