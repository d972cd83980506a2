package io.actionscheduler.callback.webhook;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks up hosts, and gives only addresses that webhooks may go to: those that are connected to are
 * those that were checked, whatever the name server answers a moment later.
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

  /** An address where webhooks may not go. */
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
