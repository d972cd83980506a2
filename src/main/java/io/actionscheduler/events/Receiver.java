package io.actionscheduler.events;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.fire.Run;
import io.actionscheduler.text.ServerName;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * An address of the settings, to which runs that ended are sent.
 *
 * @param name for logs, metrics and health; unique
 * @param address with a host; http or https
 * @param secrets one or more, as {@code whsec_} and Base64. Each of them signs, so that one can
 *     replace another without a gap
 * @param statuses of the runs to tell of
 * @param callbacks whose runs to tell of; empty: all
 */
public record Receiver(
    String name,
    URI address,
    List<String> secrets,
    Set<Run.Status> statuses,
    Set<String> callbacks,
    Limits limits) {

  /**
   * The limits of one receiver.
   *
   * @param timeout of one request, its whole answer included
   * @param maxConcurrent requests at a time; 1 or more
   * @param queue events that wait at most; 1 or more
   * @param giveUpAfter the age at which an event that was not taken is dropped
   */
  public record Limits(Duration timeout, int maxConcurrent, int queue, Duration giveUpAfter) {
    public Limits {
      requireNonNull(timeout, "timeout is null");
      requireNonNull(giveUpAfter, "giveUpAfter is null");
    }
  }

  /**
   * Checks that there is an address with a host.
   *
   * @throws IllegalArgumentException when the address has no host
   */
  public Receiver {
    requireNonNull(name, "name is null");
    requireNonNull(address, "address is null");
    if (ServerName.of(address).isEmpty()) {
      throw new IllegalArgumentException("the address has no host");
    }
    secrets = List.copyOf(secrets);
    statuses = Set.copyOf(statuses);
    callbacks = Set.copyOf(callbacks);
    requireNonNull(limits, "limits is null");
  }

  boolean wants(Event event) {
    return statuses.contains(event.status())
        && (callbacks.isEmpty() || callbacks.contains(event.callback()));
  }

  @Override
  public String toString() {
    return "webhook " + name; // neither secrets nor an address, which may hold one
  }
}
