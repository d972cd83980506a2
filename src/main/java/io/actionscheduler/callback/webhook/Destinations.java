package io.actionscheduler.callback.webhook;

import io.actionscheduler.callback.CallbackException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The hosts and addresses that webhooks may connect to. A name can only be checked by its addresses
 * at that moment; the page on webhooks says what that leaves open.
 *
 * @param hosts names; {@code *.} at the beginning stands for all names below; empty for any
 * @param networks empty for all except link-local and metadata addresses, and those that no host
 *     has
 */
record Destinations(List<String> hosts, List<Network> networks) {
  private static final List<Network> NEVER =
      List.of(
          Network.of("0.0.0.0/8"), // this machine, as 0.0.0.0
          Network.of("::/128"),
          Network.of("169.254.0.0/16"), // link-local: the metadata of most clouds
          Network.of("fe80::/10"),
          Network.of("fd00:ec2::254"), // metadata of AWS
          Network.of("100.100.100.200"), // of Alibaba
          Network.of("192.0.0.192"), // of Oracle
          Network.of("168.63.129.16"), // of Azure
          Network.of("224.0.0.0/4"), // multicast
          Network.of("255.255.255.255"),
          Network.of("ff00::/8"));

  Destinations {
    hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    networks = List.copyOf(networks);
  }

  /** Fails when the name {@code host} is not allowed. */
  void checkName(String host) throws CallbackException {
    String name = host.toLowerCase(Locale.ROOT);
    boolean allowed =
        hosts.isEmpty()
            || hosts.stream()
                .anyMatch(
                    rule ->
                        rule.startsWith("*.")
                            ? name.endsWith(rule.substring(1))
                            : name.equals(rule));
    if (!allowed) {
      throw CallbackException.permanent(
          "host \"" + host + "\" is not in allowed_hosts (" + String.join(", ", hosts) + ")", null);
    }
  }

  /** The addresses of {@code host}; fails when any of them is not allowed. */
  InetAddress[] addresses(String host) throws CallbackException, UnknownHostException {
    InetAddress[] addresses = InetAddress.getAllByName(host);
    for (InetAddress address : addresses) {
      if (!isAllowed(address) || !embedded(address).map(this::isAllowed).orElse(true)) {
        throw CallbackException.permanent(
            "host \""
                + host
                + "\" is at "
                + address.getHostAddress()
                + ", which webhooks may not connect to; list it in allowed_addresses if they"
                + " should",
            null);
      }
    }
    return addresses;
  }

  private boolean isAllowed(InetAddress address) {
    return networks.isEmpty()
        ? NEVER.stream().noneMatch(network -> network.contains(address))
        : networks.stream().anyMatch(network -> network.contains(address));
  }

  /** The IPv4 address that some IPv6 addresses lead to: 6to4, NAT64 and the compatible form. */
  private static Optional<InetAddress> embedded(InetAddress address) {
    byte[] bytes = address.getAddress();
    int at = -1;
    if (Network.of("2002::/16").contains(address)) {
      at = 2;
    } else if (Network.of("64:ff9b::/96").contains(address)
        || Network.of("::/96").contains(address) && !address.isLoopbackAddress()) {
      at = 12;
    }
    if (at < 0) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + 4)));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are always an address", e);
    }
  }
}
