package io.actionscheduler.callback.webhook;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests as Standard Webhooks defines it: HMAC-SHA256 over {@code <id>.<timestamp>.<body>},
 * so that a receiver can check who sent it, when, and that nothing was changed.
 */
public final class Signature {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String ENCODED = "whsec_";

  private final SecretKeySpec key;

  /**
   * @param secret {@code whsec_} and the key in Base64, or the key itself as text
   * @throws IllegalArgumentException when the text after {@code whsec_} is not Base64
   */
  public Signature(String secret) {
    requireNonNull(secret, "secret is null");
    byte[] bytes =
        secret.startsWith(ENCODED)
            ? Base64.getDecoder().decode(secret.substring(ENCODED.length()))
            : secret.getBytes(StandardCharsets.UTF_8);
    this.key = new SecretKeySpec(bytes, ALGORITHM);
  }

  /**
   * The value of the header {@code webhook-signature}: {@code v1,} and the signature in Base64.
   *
   * @param timestamp the header {@code webhook-timestamp}: seconds since 1970
   */
  public String sign(String id, long timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
