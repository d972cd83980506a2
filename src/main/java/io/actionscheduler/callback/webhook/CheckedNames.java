package io.actionscheduler.callback.webhook;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves hosts, and gives only allowed addresses. The client connects to exactly the addresses
 * that were checked, even if the name server answers differently a moment later.
 */
final class CheckedNames implements DnsResolver {
  private final Destinations destinations;

  CheckedNames(Destinations destinations) {
    this.destinations = requireNonNull(destinations, "destinations is null");
  }

  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    try {
      return destinations.addresses(host);
    } catch (CallbackException e) {
      throw new Refused(e);
    }
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }

  /** An address that webhooks may not connect to. */
  static final class Refused extends UnknownHostException {
    private final transient CallbackException why;

    private Refused(CallbackException why) {
      super(why.getMessage());
      this.why = why;
    }

    CallbackException why() {
      return why;
    }
  }
}
