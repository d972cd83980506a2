package io.actionscheduler.bench;

import java.util.function.Consumer;

/** A piece of work, measured. */
interface Benchmark {

  /** What {@code bench/run} calls it. */
  String name();

  /** The work, in a sentence or two: what happens, where the time is taken. */
  String work();

  /**
   * Whether the work is done by the jar under test as a process, so that another build's jar can do
   * the same; false where this program's own classes are called.
   */
  default boolean startsTheJar() {
    return true;
  }

  /**
   * Does it, handing over each figure as soon as it is there. Whatever it starts has ended when
   * this returns or throws.
   */
  void run(Session session, Consumer<Row> out) throws Exception;
}
