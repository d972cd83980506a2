package io.actionscheduler.callback.email;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * The name by which we greet a mail server (EHLO): RFC 5321 wants a full host name or an address in
 * brackets, and many servers refuse the mail of who gives less.
 */
final class ClientName {
  /** Two labels at least, the last of which is no number. */
  private static final Pattern FULL =
      Pattern.compile(
          "(?=.{4,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]");

  private static final Pattern LITERAL = Pattern.compile("\\[(IPv6:)?[0-9A-Fa-f:.]{2,45}]");

  private ClientName() {}

  /** Whether a server has to take {@code name} for a client's. */
  static boolean isValid(String name) {
    return FULL.matcher(name).matches() || LITERAL.matcher(name).matches();
  }

  /**
   * This machine's name where it is a full one, otherwise the address that we connect from.
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
      // A machine that does not know its own name has an address all the same.
    }
    String address = local.getHostAddress().replaceFirst("%.*", "");
    return local instanceof Inet6Address ? "[IPv6:" + address + "]" : "[" + address + "]";
  }
}
