package io.actionscheduler.callback.email;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import io.actionscheduler.text.Quoted;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Reads the recipients of a mail. */
final class Recipients {
  private static final int MOST = 100;

  /**
   * The most characters of an address with its name: a line of a mail has at most 998 bytes, and
   * addresses are not folded.
   */
  private static final int LONGEST = 900;

  private Recipients() {}

  /** Addresses separated by commas, or a JSON list of addresses. */
  static InternetAddress[] read(String written) throws CallbackException {
    String text = joined(written.strip());
    if (text.isEmpty()) {
      throw CallbackException.permanent(
          "no recipient; the parameter \"recipient\" names one, or the setting recipient", null);
    }
    // Refused before parsing, so that no text that ends a line gets into a header.
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw refused(text, "holds a control character");
    }
    try {
      InternetAddress[] addresses = InternetAddress.parse(text, true);
      for (InternetAddress address : addresses) {
        address.validate();
        if (!isPlain(address)) {
          throw refused(text, "is not a plain address");
        }
        encoded(address);
      }
      if (addresses.length == 0 || addresses.length > MOST) {
        throw refused(text, "names " + addresses.length + " addresses, 1 to 100 are allowed");
      }
      return addresses;
    } catch (AddressException e) {
      throw refused(text, "is not an address: " + e.getMessage());
    }
  }

  /**
   * Whether it is one address in ASCII, which every server accepts, and short enough for a line.
   */
  static boolean isPlain(InternetAddress address) {
    return !address.isGroup()
        && address.getAddress().chars().allMatch(c -> c > ' ' && c < 0x7f)
        && address.toString().length() <= LONGEST;
  }

  /**
   * The same with its name encoded (RFC 2047), since few servers accept other letters in headers.
   */
  static InternetAddress encoded(InternetAddress address) {
    if (address.getPersonal() != null) {
      try {
        address.setPersonal(address.getPersonal(), StandardCharsets.UTF_8.name());
      } catch (UnsupportedEncodingException e) {
        throw new IllegalStateException("every JDK has UTF-8", e);
      }
    }
    return address;
  }

  private static String joined(String text) throws CallbackException {
    if (!text.startsWith("[")) {
      return text;
    }
    try {
      return Json.parse(text) instanceof List<?> list
          ? list.stream().map(String::valueOf).collect(Collectors.joining(", "))
          : text;
    } catch (InvalidJson e) {
      throw refused(text, "is not a list of addresses: " + e.getMessage());
    }
  }

  private static CallbackException refused(String text, String fault) {
    return CallbackException.permanent("recipient " + Quoted.quote(text) + " " + fault, null);
  }
}
