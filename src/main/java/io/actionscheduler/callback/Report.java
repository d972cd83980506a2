package io.actionscheduler.callback;

/** What became of each fire of a batch; fires are named by their place in it. Thread-safe. */
public interface Report {

  /** The target has it for good. */
  void delivered(int index);

  /** The target has it, and answered with {@code output} (at most 64 KiB of it are kept). */
  void delivered(int index, String output);

  /** The target does not have it, or not surely so. */
  void failed(int index, CallbackException why);
}
