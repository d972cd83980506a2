package io.actionscheduler.fire;

/**
 * Called for every run that ended, in order, on the engine's thread. It has to return at once, and
 * leaves what takes time to a thread of its own.
 */
@FunctionalInterface
public interface RunListener {
  void ended(Run run);
}
