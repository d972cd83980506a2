package io.actionscheduler.store;

import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Says whether another process holds a lock on a file. */
public final class LockProbe {
  private LockProbe() {}

  public static void main(String[] arguments) throws Exception {
    try (FileChannel file =
        FileChannel.open(
            Path.of(arguments[0]), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      System.out.println(file.tryLock() == null ? "locked" : "free");
    }
  }
}
