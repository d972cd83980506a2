package io.actionscheduler.torture;

/** One promise that was not kept. */
record Failure(Kind kind, String text) {

  /** Which promise. */
  enum Kind {
    /** A target without any end. */
    LOST,
    /** A delivery before its time. */
    EARLY,
    /** A delivery after its window. */
    LATE,
    /** A delivery that stands for more, or for fewer, than were missed. */
    WRONG_COUNT,
    /** A delivery with a command that its row did not have any more, or never had. */
    WRONG_COMMAND,
    /** A delivery of what is too old. */
    TOO_OLD,
    /** A target merged where nothing kept it from its own delivery. */
    MERGED_WITHOUT_CAUSE,
    /** A repeat that no fault explains, or any under exactly-once. */
    REPEATED,
    /** A delivery with an id that is none of a target. */
    NO_TARGET
  }

  @Override
  public String toString() {
    return kind + " " + text;
  }
}
