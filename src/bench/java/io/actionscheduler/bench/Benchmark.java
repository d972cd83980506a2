package io.actionscheduler.bench;

import java.util.function.Consumer;

/** A piece of work, measured. */
interface Benchmark {

  /** What {@code bench/run} calls it. */
  String name();

  /** The work, in a sentence or two: what happens, where the time is taken. */
  String work();

  /**
   * Does it, handing over each figure as soon as it is there. Whatever it starts has ended when
   * this returns or throws.
   */
  void run(Session session, Consumer<Row> out) throws Exception;
}
