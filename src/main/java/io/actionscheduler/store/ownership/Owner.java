package io.actionscheduler.store.ownership;

import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.fire.OwnedElsewhere;
import io.actionscheduler.fire.StoreOwner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** The process that owns a store, as messages name it to a process that is refused. */
public record Owner(String host, long pid, Instant since) {
  public static Owner thisProcess(Instant since) {
    return new Owner(hostName(), ProcessHandle.current().pid(), since);
  }

  private static String hostName() {
    try {
      // From the kernel: an unavailable name server would delay the start.
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException noSuchFileHere) {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException unnamed) {
        return "localhost";
      }
    }
  }

  /**
   * Whether it may still run: false only for a process of this machine that has ended, though
   * another one may have its number by now.
   */
  boolean mayLive() {
    return !host.equals(hostName()) || ProcessHandle.of(pid).isPresent();
  }

  /** As the holder of a lease that ends at {@code leaseUntil}. */
  StoreOwner holding(Instant leaseUntil) {
    return new StoreOwner(host, pid, since, leaseUntil);
  }

  OwnedElsewhere refusal(DatabaseSettings at) {
    return refusal(at, holding(since).text(), Optional.empty());
  }

  static OwnedElsewhere refusal(DatabaseSettings at, StoreOwner owner) {
    return refusal(at, owner.text(), Optional.of(owner));
  }

  static OwnedElsewhere refusal(DatabaseSettings at, String owner) {
    return refusal(at, owner, Optional.empty());
  }

  private static OwnedElsewhere refusal(
      DatabaseSettings at, String owner, Optional<StoreOwner> holder) {
    return new OwnedElsewhere(
        "another scheduler owns %s: %s; stop it, or give this one its own %s"
            .formatted(at.label(), owner, at.key()),
        holder);
  }
}
