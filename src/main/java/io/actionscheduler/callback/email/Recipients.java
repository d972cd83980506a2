package io.actionscheduler.callback.email;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.text.InvalidJson;
import io.actionscheduler.text.Json;
import io.actionscheduler.text.Quoted;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the recipients of a mail. */
final class Recipients {
  private static final int MOST = 100;

  /**
   * The most characters of an address with its name, both encoded: a line of a mail has at most 998
   * bytes, and addresses are not folded.
   */
  private static final int LONGEST = 900;

  private static final Pattern NAME_WITH_COMMA =
      Pattern.compile("^([^\"<>@()]*,[^\"<>@()]*?)\\s*<([^<>]+)>$");

  private Recipients() {}

  /** Addresses separated by commas, or a JSON list of addresses. */
  static InternetAddress[] read(String written) throws CallbackException {
    if (written.isBlank()) {
      throw CallbackException.permanent(
          "no recipient; the parameter \"recipient\" names one, or the setting recipient", null);
    }
    try {
      return addresses(written);
    } catch (AddressException e) {
      throw CallbackException.permanent("recipient " + e.getMessage(), null);
    }
  }

  /**
   * As {@link #read}, of a setting.
   *
   * @throws AddressException with a message that begins with the text in quotes
   */
  static InternetAddress[] addresses(String written) throws AddressException {
    String text = written.strip();
    List<InternetAddress> addresses = new ArrayList<>();
    for (String item : items(text)) {
      // Refused before parsing, so that no text that ends a line gets into a header.
      if (item.chars().anyMatch(Character::isISOControl)) {
        throw refused(text, "holds a control character");
      }
      try {
        for (InternetAddress address : parsed(item)) {
          addresses.add(checked(address));
        }
      } catch (AddressException e) {
        throw refused(text, "is not an address: " + e.getMessage());
      }
    }
    if (addresses.isEmpty() || addresses.size() > MOST) {
      throw refused(text, "names " + addresses.size() + " addresses, 1 to 100 are allowed");
    }
    return addresses.toArray(InternetAddress[]::new);
  }

  /** Items of a list, each an address, as one text; names with commas are put in quotes. */
  static String together(List<String> items) {
    return items.stream()
        .map(item -> NAME_WITH_COMMA.matcher(item.strip()).replaceFirst("\"$1\" <$2>"))
        .collect(Collectors.joining(","));
  }

  /** The items of a JSON list, each an address; other text as it is. */
  private static List<String> items(String text) throws AddressException {
    if (!text.startsWith("[")) {
      return List.of(text);
    }
    try {
      return Json.parse(text) instanceof List<?> list
          ? list.stream().map(item -> String.valueOf(item).strip()).toList()
          : List.of(text);
    } catch (InvalidJson e) {
      throw refused(text, "is not a list of addresses: " + e.getMessage());
    }
  }

  /** A comma in the name of one address separates nothing: {@code Doe, John <j@example.com>}. */
  private static InternetAddress[] parsed(String item) throws AddressException {
    Matcher one = NAME_WITH_COMMA.matcher(item);
    if (!one.matches()) {
      return InternetAddress.parse(item, true);
    }
    InternetAddress address = new InternetAddress(one.group(2).strip(), true);
    named(address, one.group(1).strip());
    return new InternetAddress[] {address};
  }

  /**
   * The address in a form that every server accepts: its name encoded (RFC 2047), and its domain in
   * the form of the domain name system.
   *
   * @throws AddressException when there is no such form, or it is too long for a line
   */
  static InternetAddress checked(InternetAddress address) throws AddressException {
    String written = address.getAddress();
    int at = written.lastIndexOf('@');
    String domain = at < 0 ? "" : written.substring(at + 1);
    if (!isAscii(domain)) {
      try {
        address.setAddress(written.substring(0, at + 1) + IDN.toASCII(domain));
      } catch (IllegalArgumentException e) {
        throw new AddressException("its domain is not valid: " + e.getMessage());
      }
    }
    address.validate();
    if (address.isGroup()) {
      throw new AddressException("it is a group");
    }
    if (!isAscii(address.getAddress())) {
      throw new AddressException("before the @, only ASCII is allowed");
    }
    if (address.getPersonal() != null) {
      named(address, address.getPersonal());
    }
    if (address.toString().length() > LONGEST) {
      throw new AddressException("with its name, it is longer than " + LONGEST + " characters");
    }
    return address;
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private static void named(InternetAddress address, String name) {
    try {
      address.setPersonal(name, StandardCharsets.UTF_8.name());
    } catch (UnsupportedEncodingException e) {
      throw new IllegalStateException("every JDK has UTF-8", e);
    }
  }

  private static AddressException refused(String text, String fault) {
    return new AddressException(Quoted.quote(text) + " " + fault);
  }
}
