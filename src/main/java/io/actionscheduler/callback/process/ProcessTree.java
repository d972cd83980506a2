package io.actionscheduler.callback.process;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A process and all processes that it has started, to end them together: its descendants and, on
 * Linux, the processes of the session that it leads. A child whose parent has ended is not a
 * descendant any more, but still in the session.
 */
public final class ProcessTree {
  private static final long LOOK_MILLIS = 20;
  private static final Path PROCESSES = Path.of("/proc");

  private final ProcessHandle root;
  private final Set<ProcessHandle> known = new LinkedHashSet<>();

  public ProcessTree(ProcessHandle root) {
    this.root = requireNonNull(root, "root is null");
  }

  /**
   * Asks all to end, and kills those that are still running after {@code grace}.
   *
   * @throws InterruptedException when the calling thread is interrupted while it waits; some may be
   *     alive then
   */
  public void end(Duration grace) throws InterruptedException {
    look();
    known.forEach(ProcessHandle::destroy);
    long until = System.nanoTime() + grace.toNanos();
    while (isAlive() && System.nanoTime() < until) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      look(); // processes that were started because of the first signal have to end as well
    }
    endNow();
  }

  /** Kills all. */
  public void endNow() {
    // Children are found through their parents, so the search continues while a process is left
    // that may have children.
    for (int i = 0; i < 10; i++) {
      look();
      List<ProcessHandle> alive = known.stream().filter(ProcessHandle::isAlive).toList();
      if (alive.isEmpty()) {
        return;
      }
      alive.forEach(ProcessHandle::destroyForcibly);
    }
  }

  private boolean isAlive() {
    return known.stream().anyMatch(ProcessHandle::isAlive);
  }

  /**
   * Adds processes found now to those found before, since a child whose parent has ended is not
   * found any more.
   */
  private void look() {
    known.add(root);
    List.copyOf(known).forEach(each -> each.descendants().forEach(known::add));
    inSession().forEach(known::add);
  }

  private List<ProcessHandle> inSession() {
    List<ProcessHandle> members = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
      for (Path process : processes) {
        if (session(process) == root.pid()) {
          ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
              .ifPresent(members::add);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      return members; // not Linux: there are only the descendants
    }
    return members;
  }

  /** The session of a process; 0 when it has ended meanwhile. */
  private static long session(Path process) {
    try {
      // pid (name) state parent group session …; the name may hold anything, brackets too
      String line = Files.readString(process.resolve("stat"), StandardCharsets.ISO_8859_1);
      return Long.parseLong(line.substring(line.lastIndexOf(')') + 2).split(" ", 5)[3]);
    } catch (IOException e) {
      return 0;
    }
  }
}
