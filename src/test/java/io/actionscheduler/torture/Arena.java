package io.actionscheduler.torture;

import java.util.List;
import java.util.Random;
import java.util.Set;

/** A way of use under torture: where the table and the store are, and where fires go. */
interface Arena extends AutoCloseable {

  /** A way to hurt the program; waits until it is over. */
  interface Torment {
    void inflict(Random random) throws Exception;
  }

  /** For the report. */
  String name();

  Rows rows();

  Victim victim();

  Chronicle chronicle();

  /** The ways to hurt it here, beside kill -9, each to be used once in a short run. */
  List<Torment> torments();

  /** The faults that each run here must have met. */
  Set<Fault.Kind> suffers();

  /** What the checker allows for here. */
  Allowance allowance();

  /** Everything that was received, once the program has ended. */
  List<Receipt> receipts() throws Exception;

  @Override
  void close() throws Exception;
}
