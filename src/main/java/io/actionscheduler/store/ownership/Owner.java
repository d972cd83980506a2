package io.actionscheduler.store.ownership;

import io.actionscheduler.db.DatabaseSettings;
import io.actionscheduler.fire.OwnedElsewhere;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A process that owns a store, as it is named to the one that may not. */
public record Owner(String host, long pid, Instant since) {

  public static Owner thisProcess(Instant since) {
    return new Owner(hostName(), ProcessHandle.current().pid(), since);
  }

  private static String hostName() {
    try {
      // Asked of the kernel: a name server that is unavailable would hold the start up.
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException noSuchFileHere) {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException unnamed) {
        return "localhost";
      }
    }
  }

  OwnedElsewhere refusal(DatabaseSettings at) {
    return refusal(
        at, "pid " + pid + " on " + host + ", since " + since.truncatedTo(ChronoUnit.SECONDS));
  }

  static OwnedElsewhere refusal(DatabaseSettings at, String owner) {
    return new OwnedElsewhere(
        "another scheduler owns %s: %s; stop it, or give this one its own %s"
            .formatted(at.label(), owner, at.key()));
  }
}
