package io.actionscheduler.torture;

import io.actionscheduler.torture.Fault.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What was done to the program, and when; and what the torture itself found wrong. */
final class Chronicle {

  /** A fault that goes on. */
  record Open(Kind kind, Instant from) {}

  private final List<Fault> faults = new ArrayList<>();
  private final List<Open> untilReady = new ArrayList<>();
  private final List<String> found = new ArrayList<>();

  void add(Fault fault) {
    faults.add(fault);
    System.out.printf("%s %s, %s%n", fault.from(), fault.kind().label, fault.to());
  }

  /** A fault that lasts until the next process is ready. */
  void begin(Kind kind, Instant from) {
    untilReady.add(new Open(kind, from));
  }

  /** The process is ready: what lasted until then is over. */
  void ready(Instant at) {
    untilReady.forEach(open -> add(Fault.of(open.kind(), open.from(), at)));
    untilReady.clear();
  }

  /** Something else than a delivery was not as promised. */
  void found(String wrong) {
    found.add(wrong);
  }

  List<Fault> faults() {
    return List.copyOf(faults);
  }

  List<String> wrong() {
    return List.copyOf(found);
  }
}
