package io.actionscheduler.fire;

/**
 * Is told of every run that ended, in order. Called on the engine's thread: it returns at once, and
 * leaves what takes time to a thread of its own.
 */
@FunctionalInterface
public interface RunListener {
  void ended(Run run);
}
