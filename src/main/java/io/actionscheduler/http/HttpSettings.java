package io.actionscheduler.http;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.events.Receiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where the HTTP API listens, and which clients it answers.
 *
 * @param basePath the beginning of every path: empty, or text that begins with a slash and does not
 *     end with one
 * @param keys empty: every client that reaches the loopback address may read, run and write
 * @param receivers the webhooks that get events of runs
 * @param development whether keys that are known or short are accepted, with a warning
 */
public record HttpSettings(
    Address address,
    String basePath,
    List<ApiKey> keys,
    Limits limits,
    List<Receiver> receivers,
    boolean development) {

  /**
   * The address to listen at.
   *
   * @param port 0: a free one, which is logged
   * @param names the hosts that a request may name; empty: those of the loopback address where
   *     there is no key, and any where there is one
   * @param tls empty: plain HTTP
   */
  public record Address(String host, int port, List<String> names, Optional<Tls> tls) {
    public Address {
      requireNonNull(host, "host is null");
      names = List.copyOf(names);
      requireNonNull(tls, "tls is null");
    }
  }

  /** A key store, which is read again when it changes. */
  public record Tls(Path keystore, String password) {
    public Tls {
      requireNonNull(keystore, "keystore is null");
      requireNonNull(password, "password is null");
    }

    @Override
    public String toString() {
      return "TLS from " + keystore;
    }
  }

  /** What a key allows a client to do. */
  public enum Right {
    /** To read everything but secrets. */
    READ,
    /** To fire by hand, to pause and to resume. */
    RUN,
    /** To create, change and delete. */
    WRITE,
    /** To create or change jobs that carry code to run; needs {@link #WRITE} as well. */
    EXECUTE;

    /** In the form of settings and messages: {@code read}. */
    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * A key of a client.
   *
   * @param name for logs and records
   * @param secret the key itself, or {@code sha256:} and its hash in 64 hexadecimal digits
   */
  public record ApiKey(String name, String secret, Set<Right> rights) {
    public static final String HASHED = "sha256:";

    public ApiKey {
      requireNonNull(name, "name is null");
      requireNonNull(secret, "secret is null");
      rights = Set.copyOf(rights);
    }

    @Override
    public String toString() {
      return "key " + name + " " + rights; // without the secret
    }
  }

  /**
   * The limits of one client.
   *
   * @param requestsPerSecond of one key
   * @param bodyBytes of one request
   * @param bodyTime in which the body of a request must have come
   */
  public record Limits(int requestsPerSecond, int bodyBytes, Duration bodyTime) {
    public Limits {
      requireNonNull(bodyTime, "bodyTime is null");
    }
  }

  public HttpSettings {
    requireNonNull(address, "address is null");
    requireNonNull(basePath, "basePath is null");
    keys = List.copyOf(keys);
    requireNonNull(limits, "limits is null");
    receivers = List.copyOf(receivers);
  }
}
