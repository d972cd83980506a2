package io.actionscheduler.callback.code;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Control groups (version 2) for jobs, below one that was delegated to the scheduler and holds no
 * process itself. What they limit holds for all processes of a job together. Thread-safe.
 */
final class ControlGroups {
  private static final Logger LOG = LoggerFactory.getLogger(ControlGroups.class);
  private static final List<String> CONTROLLERS = List.of("memory", "pids");
  private static final String NAME = "job-";
  private static final long REMOVAL_SECONDS = 5;
  private static final long LOOK_MILLIS = 20;

  /** The sandbox's own processes, which count as well. */
  private static final int BESIDE = 4;

  /**
   * A shell that moves itself into a group and then becomes the program, which so starts inside.
   */
  private static final String ENTER = "echo $$ > \"$0/cgroup.procs\" && exec \"$@\"";

  private final Optional<Path> parent;
  private final AtomicLong made = new AtomicLong();

  /**
   * @param parent the group that was delegated; empty where none was
   */
  ControlGroups(Optional<Path> parent) {
    this.parent = requireNonNull(parent, "parent is null");
  }

  /** Whether a group was named. */
  boolean isNamed() {
    return parent.isPresent();
  }

  /**
   * Prepares the named group. Gives the reason why jobs cannot have groups below it; empty if they
   * can.
   */
  Optional<String> fault() {
    Path group = parent.orElseThrow(() -> new IllegalStateException("no group was named"));
    try {
      List<String> there = words(group.resolve("cgroup.controllers"));
      if (!there.containsAll(CONTROLLERS)) {
        return Optional.of(
            group + " has the controllers " + there + ", and memory and pids are needed");
      }
      if (!words(group.resolve("cgroup.subtree_control")).containsAll(CONTROLLERS)) {
        write(group, "cgroup.subtree_control", "+memory +pids");
      }
      removeAbandoned(group);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          group
              + " cannot be used ("
              + e
              + "); it must be a group of version 2, delegated to the scheduler's user, with no"
              + " process in it");
    }
  }

  private static List<String> words(Path file) throws IOException {
    return Arrays.asList(Files.readString(file).strip().split("\\s+"));
  }

  /**
   * Makes the group of one job.
   *
   * @throws IOException when it cannot be made, or a limit cannot be set
   */
  Path make(CodeLimits limits) throws IOException {
    Path group =
        parent
            .orElseThrow(() -> new IllegalStateException("no group was named"))
            .resolve(NAME + ProcessHandle.current().pid() + "-" + made.incrementAndGet());
    Files.createDirectory(group);
    try {
      write(group, "memory.max", Long.toString(limits.memory()));
      write(group, "memory.oom.group", "1"); // a group without its limits is of no use
      write(group, "pids.max", Integer.toString(limits.processes() + BESIDE));
      if (Files.exists(
          group.resolve(
              "memory.swap.max"))) { // the file does not exist where the kernel does not count swap
        write(group, "memory.swap.max", "0");
      }
      return group;
    } catch (IOException e) {
      Files.deleteIfExists(group);
      throw e;
    }
  }

  /** The arguments that run {@code command} inside {@code group} from its first moment. */
  static List<String> inside(Path group, List<String> command) {
    List<String> entering = new ArrayList<>(List.of("/bin/sh", "-c", ENTER, group.toString()));
    entering.addAll(command);
    return entering;
  }

  /** Ends whatever is left in a group, and removes it; where that fails, the log says so. */
  static void remove(Path group) throws InterruptedException {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(REMOVAL_SECONDS);
    try {
      if (Files.exists(group.resolve("cgroup.kill"))) { // Linux 5.14
        write(group, "cgroup.kill", "1");
      }
    } catch (IOException e) {
      LOG.debug("{}", e.toString()); // the removal below logs what is left
    }
    while (true) {
      try {
        Files.deleteIfExists(group);
        return;
      } catch (IOException e) { // its processes are still ending
        if (System.nanoTime() - until > 0) {
          LOG.warn("the control group of a job could not be removed: {}", e.toString());
          return;
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    }
  }

  /** Removes groups of a scheduler that was killed; those with a process in them stay. */
  private static void removeAbandoned(Path parent) throws IOException {
    try (DirectoryStream<Path> groups = Files.newDirectoryStream(parent, NAME + "*")) {
      for (Path group : groups) {
        try {
          Files.deleteIfExists(group);
        } catch (IOException e) {
          LOG.debug("in use: {}", e.toString());
        }
      }
    }
  }

  private static void write(Path group, String file, String value) throws IOException {
    Files.write(
        group.resolve(file),
        value.getBytes(StandardCharsets.US_ASCII),
        StandardOpenOption.CREATE, // the groups of the system, where nobody may add others
        StandardOpenOption.WRITE);
  }
}
