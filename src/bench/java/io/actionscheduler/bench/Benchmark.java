package io.actionscheduler.bench;

import java.util.List;

/** A piece of work, measured. */
interface Benchmark {

  /** What {@code bench/run} calls it. */
  String name();

  /** The work, in a sentence or two: what happens, where the time is taken. */
  String work();

  /** Does it. Whatever it starts has ended when this returns or throws. */
  List<Row> run(Session session) throws Exception;
}
