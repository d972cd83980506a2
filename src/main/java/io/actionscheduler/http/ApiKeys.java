package io.actionscheduler.http;

import io.actionscheduler.http.HttpSettings.ApiKey;
import io.actionscheduler.http.HttpSettings.Right;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Finds clients by their keys. Only hashes of keys are held. A key is compared with all of them, so
 * that the time this takes reveals nothing about any key.
 */
public final class ApiKeys {
  private static final Client WITHOUT_KEYS =
      new Client("loopback", EnumSet.of(Right.READ, Right.RUN, Right.WRITE), false);

  private final List<Known> known = new ArrayList<>();

  private record Known(byte[] hash, Client client) {}

  public ApiKeys(List<ApiKey> keys) {
    for (ApiKey key : keys) {
      byte[] hash =
          key.secret().startsWith(ApiKey.HASHED)
              ? HexFormat.of().parseHex(key.secret().substring(ApiKey.HASHED.length()))
              : hash(key.secret());
      known.add(new Known(hash, new Client(key.name(), key.rights(), false)));
    }
  }

  /** Whether requests need a key. */
  public boolean areSet() {
    return !known.isEmpty();
  }

  /** The client that has {@code key}; empty where there is none. */
  public Optional<Client> find(String key) {
    byte[] hash = hash(key);
    Client found = null;
    for (Known one : known) { // all are compared: the time must not depend on which one matches
      if (MessageDigest.isEqual(one.hash(), hash)) {
        found = one.client();
      }
    }
    return Optional.ofNullable(found);
  }

  /** The client of a scheduler without keys: it may do everything except give code to run. */
  static Client withoutKeys() {
    return WITHOUT_KEYS;
  }

  /** A new key: 43 random characters, 256 bits. */
  public static String random() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** The form of {@code key} for the settings: its hash. */
  public static String hashed(String key) {
    return HttpSettings.ApiKey.HASHED + HexFormat.of().formatHex(hash(key));
  }

  private static byte[] hash(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }
}
