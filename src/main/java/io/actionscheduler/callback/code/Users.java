package io.actionscheduler.callback.code;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Assigns users to jobs. A scheduler that runs as root uses a separate user for each running job:
 * the limit of processes, which Linux counts per user, then applies to the job alone, and
 * everything that a job leaves can be ended. Other schedulers only have their own user.
 * Thread-safe.
 */
final class Users implements AutoCloseable {
  /** Numbers that neither distributions nor systemd give away: 60578 to 61183. */
  static final int FIRST = 60_578;

  static final int MOST = 606;

  private static final int ROOT = 0;

  /** From this version on, Linux counts processes per user namespace, too. */
  private static final int[] COUNTS_PER_NAMESPACE = {5, 14};

  private final int me;
  private final int first;
  private final Path lockFolder;
  private final Remains remains;
  private final Deque<User> free = new ArrayDeque<>();
  private final Map<Integer, FileChannel> locks = new HashMap<>();
  private int next;

  private Users(int me, int first, Path lockFolder, Remains remains) {
    this.me = me;
    this.remains = requireNonNull(remains, "remains is null");
    this.first = first;
    this.lockFolder = lockFolder;
    this.next = first;
  }

  /**
   * Assigns users from {@code first} on, where the scheduler is root.
   *
   * @throws UncheckedIOException when the user of this process cannot be determined
   */
  static Users ofSystem(int first, Remains remains) {
    Path runs = Path.of("/run/lock");
    return new Users(
        me(),
        first,
        Files.isWritable(runs) ? runs : Path.of(System.getProperty("java.io.tmpdir")),
        remains);
  }

  boolean isRoot() {
    return me == ROOT;
  }

  /**
   * A user that no other job has, also not a job of another scheduler on this machine.
   *
   * @throws CallbackException when all are lent, or cannot be claimed
   */
  synchronized User lend() throws CallbackException, InterruptedException {
    if (!isRoot()) {
      return User.same(me, countsPerNamespace() ? 0 : Remains.count(me));
    }
    for (User user : free) {
      if (Remains.count(user.id())
          == 0) { // processes that are still ending would count for the next job
        free.remove(user);
        return user;
      }
    }
    while (next < first + MOST) {
      User user = User.own(next++);
      if (claim(user.id())) {
        if (Remains.count(user.id()) == 0) {
          return user;
        }
        remains.end(user.id()); // left by a scheduler that was killed
        free.add(user);
      }
    }
    throw CallbackException.unavailable(
        "no user is free for a job: "
            + MOST
            + " from "
            + first
            + " on are in use; lower max_concurrent",
        null);
  }

  /** At rung 1 a job counts together with all that the scheduler's user runs. */
  User counted(User user) {
    return user.isOwn() ? user : User.same(user.id(), Remains.count(me));
  }

  synchronized void giveBack(User user) {
    if (user.isOwn()) {
      free.add(user);
    }
  }

  /** Ends the processes that a job left; possible only where the job has its own user. */
  void endAllOf(User user) throws InterruptedException {
    if (user.isOwn()) {
      remains.end(user.id());
    }
  }

  /** Two schedulers with the same user would end each other's jobs. */
  private boolean claim(int id) throws CallbackException {
    Path file = lockFolder.resolve("action-scheduler-user-" + id + ".lock");
    try {
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
      Optional<FileLock> lock = tryLock(channel);
      if (lock.isEmpty()) {
        channel.close();
        return false;
      }
      locks.put(id, channel);
      return true;
    } catch (IOException e) {
      throw CallbackException.unavailable("the lock of a job's user " + file + ": " + e, e);
    }
  }

  private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock());
    } catch (OverlappingFileLockException e) {
      return Optional.empty(); // another object in this process has it
    }
  }

  private static boolean countsPerNamespace() {
    String[] version = System.getProperty("os.version", "").split("[.-]");
    try {
      int major = Integer.parseInt(version[0]);
      int minor = Integer.parseInt(version[1]);
      return major > COUNTS_PER_NAMESPACE[0]
          || major == COUNTS_PER_NAMESPACE[0] && minor >= COUNTS_PER_NAMESPACE[1];
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return false;
    }
  }

  private static int me() {
    try {
      return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    for (FileChannel channel : locks.values()) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    locks.clear();
  }
}
