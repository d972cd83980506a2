package io.actionscheduler.callback.email;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The {@code Message-ID} of a fire: the same at every attempt, and different for every fire. */
final class MessageId {
  private static final int LONGEST = 200;

  private MessageId() {}

  /** {@code <fire.7=402026-11-20T10=3A00=3A00Z@example.com>}. */
  static String of(String fireId, String domain) {
    StringBuilder local = new StringBuilder("fire.");
    for (byte each : fireId.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-') {
        local.append(c);
      } else {
        local.append('=').append(String.format("%02X", (int) c));
      }
    }
    String text = local.length() <= LONGEST ? local.toString() : "fire." + digest(fireId);
    return "<" + text + "@" + domain + ">";
  }

  private static String digest(String text) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
