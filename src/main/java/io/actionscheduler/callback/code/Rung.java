package io.actionscheduler.callback.code;

/**
 * How far a job is isolated from the machine. Each rung includes the protection of the lower ones;
 * {@code docs/callbacks/code.md} lists what each prevents.
 */
public enum Rung {
  /** A process in a folder of its own, with a clean environment: no limit holds. */
  NONE("no limits"),
  /** Limits of memory, CPU seconds, file size and processes; a user of its own under root. */
  LIMITS("limits"),
  /** Process, network and mount namespaces of its own: nothing outlives it. */
  NAMESPACES("namespaces"),
  /** A root file system of its own, read-only, with nothing but the system's folders. */
  BUBBLEWRAP("bubblewrap"),
  /** A control group of its own below {@code execution.cgroup}: limits for all of it together. */
  CGROUP("control group");

  private final String label;

  Rung(String label) {
    this.label = label;
  }

  /** Its number, from 0 (the lowest) to 4. */
  public int number() {
    return ordinal();
  }

  /** The rung of a number from 0 to 4. */
  static Rung of(int number) {
    return values()[number];
  }

  /** As messages and records show it: {@code rung 3 (bubblewrap)}. */
  @Override
  public String toString() {
    return "rung " + number() + " (" + label + ")";
  }
}
