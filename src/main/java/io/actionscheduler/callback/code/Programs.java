package io.actionscheduler.callback.code;

import io.actionscheduler.callback.CallbackException;

/** The programs of one callback: which program an action's parameters ask for. Thread-safe. */
interface Programs {
  /**
   * Finds what every program needs on this machine.
   *
   * @throws CallbackException when it is missing; it is looked for again at the next call
   */
  void prepare() throws CallbackException, InterruptedException;

  /**
   * The program for one fire.
   *
   * @throws CallbackException when the parameters are invalid, or the machine lacks what it needs
   */
  Program of(Parameters parameters) throws CallbackException, InterruptedException;

  /** The limits of its jobs, where {@code set} are the ones of the settings. */
  default CodeLimits limits(CodeLimits set) {
    return set;
  }

  /** What helps when a program fails; empty where that depends on the code in the parameters. */
  default String remedy() {
    return "";
  }
}
