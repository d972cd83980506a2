package io.actionscheduler.callback.code;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.common.KeptOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the highest rung (level of isolation) that works on this machine: runs a small job at each
 * rung, the highest first, and checks what it can see. Thread-safe.
 */
final class Ladder {
  private static final Logger LOG = LoggerFactory.getLogger(Ladder.class);

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** A script that prints what a job sees, one fact on each line. */
  private static final String LOOK =
      """
      : > written || exit 1
      echo "memory $(ulimit -v)"
      echo "interfaces $(tail -n +3 /proc/net/dev | grep -cv '^ *lo:')"
      set -- /proc/[0-9]*
      echo "processes $#"
      sed -n 's/^0::/group /p' /proc/self/cgroup
      """;

  /**
   * A job that sees no more processes than these sees only itself and the programs of its sandbox.
   */
  private static final int FEW = 10;

  private final JobRunner runner;
  private final Sandbox sandbox;
  private Reached reached; // null until the first search

  /**
   * @param sandbox whose network is closed
   */
  Ladder(JobRunner runner, Sandbox sandbox) {
    this.runner = requireNonNull(runner, "runner is null");
    this.sandbox = requireNonNull(sandbox, "sandbox is null");
  }

  /** The latest result; empty before the first search. */
  synchronized Optional<Reached> known() {
    return Optional.ofNullable(reached);
  }

  /**
   * The rung for jobs. A result is used again as long as it is high enough.
   *
   * @param least the rung that is required; if the known one is lower, the search is repeated
   */
  synchronized Reached reach(Rung least) throws InterruptedException {
    if (reached == null || reached.rung().compareTo(least) < 0) {
      Reached found = look();
      if (!found.equals(reached)) {
        LOG.info("code jobs run at {}", found);
      }
      reached = found;
    }
    return reached;
  }

  private Reached look() throws InterruptedException {
    String why = "";
    List<Rung> rungs = new ArrayList<>();
    if (runner.groups().isNamed()) { // otherwise nobody would ask for the highest
      rungs.add(Rung.CGROUP);
    }
    rungs.addAll(List.of(Rung.BUBBLEWRAP, Rung.NAMESPACES, Rung.LIMITS));
    for (Rung rung : rungs) {
      Optional<String> fault = fault(rung);
      if (fault.isEmpty()) {
        return new Reached(rung, why);
      }
      why = rung + ": " + fault.get();
    }
    return new Reached(Rung.NONE, why);
  }

  private Optional<String> fault(Rung rung) throws InterruptedException {
    for (String tool : tools(rung)) {
      if (Tools.find(tool).isEmpty()) {
        return Optional.of(tool + " is not installed; " + remedy(tool));
      }
    }
    Optional<String> ungrouped = rung == Rung.CGROUP ? runner.groups().fault() : Optional.empty();
    if (ungrouped.isPresent()) {
      return ungrouped;
    }
    KeptOutput output = KeptOutput.ofBeginning();
    Program look = Program.ofText(List.of("/bin/sh", "look.sh"), "look.sh", LOOK, List.of());
    Job job = new Job(look, Map.of(), PATIENCE);
    try {
      RunningJob.Ending ending = runner.run(job, sandbox, rung, output, new JobGroup());
      if (!ending.inTime() || ending.code() != 0) {
        return Optional.of(
            "a trial job ended with exit code " + ending.code() + ": " + output.text().strip());
      }
      return unheld(rung, output.text());
    } catch (CallbackException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static List<String> tools(Rung rung) {
    return switch (rung) {
      case NONE -> List.of();
      case LIMITS -> List.of("setsid", "prlimit", "setpriv");
      case NAMESPACES -> List.of("setsid", "prlimit", "setpriv", "unshare", "mount");
      case BUBBLEWRAP, CGROUP -> List.of("setsid", "prlimit", "setpriv", "bwrap");
    };
  }

  private static String remedy(String tool) {
    return "install the package " + (tool.equals("bwrap") ? "bubblewrap" : "util-linux");
  }

  /** What the rung should isolate and does not isolate; empty when it works completely. */
  private Optional<String> unheld(Rung rung, String seen) {
    if (!seen.contains("memory " + sandbox.limits().memory() / 1024 + "\n")) {
      return Optional.of("the limit of memory does not hold: " + seen.strip());
    }
    if (rung.compareTo(Rung.NAMESPACES) < 0) {
      return Optional.empty();
    }
    if (rung == Rung.CGROUP && !seen.contains("/job-")) {
      return Optional.of("a trial job is not in its control group: " + seen.strip());
    }
    boolean alone = number(seen, "interfaces ") == 0 && number(seen, "processes ") <= FEW;
    return alone
        ? Optional.empty()
        : Optional.of("a trial job sees the network or others' processes: " + seen.strip());
  }

  private static int number(String seen, String word) {
    return seen.lines()
        .filter(line -> line.startsWith(word))
        .map(line -> Integer.parseInt(line.substring(word.length())))
        .findFirst()
        .orElse(Integer.MAX_VALUE);
  }
}
