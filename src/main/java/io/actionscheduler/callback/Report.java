package io.actionscheduler.callback;

/** Receives the result of each fire of a batch; fires are named by their index. Thread-safe. */
public interface Report {

  /** The fire was delivered. */
  void delivered(int index);

  /** The fire was delivered, and the target answered {@code output} (at most 64 KiB are stored). */
  void delivered(int index, String output);

  /** The fire was not delivered, or not certainly. */
  void failed(int index, CallbackException why);
}
