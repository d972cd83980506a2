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
 * Knows clients by their keys. Only hashes are held; a key that comes is compared with each of
 * them, each time, in a time that says nothing of it.
 */
public final class ApiKeys {
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

  /** Whether a key is needed at all. */
  public boolean areSet() {
    return !known.isEmpty();
  }

  /** Who has {@code key}. */
  public Optional<Client> find(String key) {
    byte[] hash = hash(key);
    Client found = null;
    for (Known one : known) { // to the end: how long it takes does not depend on which it is
      if (MessageDigest.isEqual(one.hash(), hash)) {
        found = one.client();
      }
    }
    return Optional.ofNullable(found);
  }

  /** Who comes without a key where there is none: everything but running code of its own. */
  static Client withoutKeys() {
    return new Client("loopback", EnumSet.of(Right.READ, Right.RUN, Right.WRITE), false);
  }

  /** A new key: 43 random characters, 256 bits. */
  public static String random() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** What may stand in the settings instead of {@code key}. */
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
