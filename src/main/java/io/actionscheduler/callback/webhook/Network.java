package io.actionscheduler.callback.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * A range of addresses: {@code 10.0.0.0/8}, {@code fe80::/10}, {@code 192.168.1.7}.
 *
 * @param bits how many of the first bits an address shares with {@code first}
 */
record Network(InetAddress first, int bits) {

  /**
   * Reads a range; empty when {@code text} is not one. Names are not looked up, and are not ranges.
   */
  static Optional<Network> read(String text) {
    String[] parts = text.strip().split("/", -1);
    boolean numeric = parts[0].matches("[0-9]+(\\.[0-9]+){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    if (!numeric || parts.length > 2) {
      return Optional.empty();
    }
    try {
      InetAddress address = InetAddress.getByName(parts[0]);
      int all = address.getAddress().length * 8;
      int bits = parts.length == 1 ? all : Integer.parseInt(parts[1]);
      return bits >= 0 && bits <= all ? Optional.of(new Network(address, bits)) : Optional.empty();
    } catch (UnknownHostException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  static Network of(String text) {
    return read(text).orElseThrow(() -> new IllegalArgumentException(text));
  }

  boolean contains(InetAddress address) {
    byte[] mine = first.getAddress();
    byte[] other = address.getAddress();
    if (mine.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int differs = (mine[bit / 8] ^ other[bit / 8]) >> (7 - bit % 8) & 1;
      if (differs != 0) {
        return false;
      }
    }
    return true;
  }
}
