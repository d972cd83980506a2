package io.actionscheduler.move.out;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.Set;

/** The names of all actions that are exported together: each only once. */
public final class Names {
  private final Target target;
  private final Set<String> taken = new HashSet<>();

  public Names(Target target) {
    this.target = requireNonNull(target, "target is null");
  }

  /** The name that {@code name} has there; with a number where another action has that already. */
  public String label(String name) {
    String label = target.label(name);
    for (int number = 2; !taken.add(label); number++) {
      label = Target.cut(target.label(name), "-" + number);
    }
    return label;
  }
}
