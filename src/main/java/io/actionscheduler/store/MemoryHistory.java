package io.actionscheduler.store;

import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.fire.Run;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The latest records of a history in memory, up to a maximum number. The oldest lose their outputs
 * before that: 10,000 outputs of 64 KiB would take 640 MB.
 */
final class MemoryHistory {
  private static final int MOST = 10_000;
  private static final long MOST_OUTPUT = 32L * 1024 * 1024; // characters

  private final Deque<Kept> runs = new ArrayDeque<>();
  private final Deque<Kept> outputs = new ArrayDeque<>(); // those of the runs that have one
  private long output; // characters of all of them
  private long last;

  /** A record, whose output may be dropped. */
  private static final class Kept {
    private Entry entry;

    Kept(Entry entry) {
      this.entry = entry;
    }
  }

  void add(Run run) {
    Kept added = new Kept(new Entry(++last, run));
    runs.addLast(added);
    if (!run.output().isEmpty()) {
      outputs.addLast(added);
      output += run.output().length();
    }
    while (output > MOST_OUTPUT) {
      dropOldestOutput();
    }
    while (runs.size() > MOST) {
      removeOldest();
    }
  }

  private void dropOldestOutput() {
    Kept oldest = outputs.removeFirst();
    output -= oldest.entry.run().output().length();
    oldest.entry = oldest.entry.withoutOutput();
  }

  private void removeOldest() {
    if (runs.getFirst() == outputs.peekFirst()) {
      dropOldestOutput();
    }
    runs.removeFirst();
  }

  /** Removes the oldest, but never the latest of all. */
  void prune(Instant before, long most) {
    while (runs.size() > 1
        && (runs.size() > most || runs.getFirst().entry.run().finishedAt().isBefore(before))) {
      removeOldest();
    }
  }

  Stream<Entry> latestFirst() {
    return stream(runs.descendingIterator());
  }

  Stream<Entry> oldestFirst() {
    return stream(runs.iterator());
  }

  private static Stream<Entry> stream(Iterator<Kept> kept) {
    return StreamSupport.stream(Spliterators.spliteratorUnknownSize(kept, 0), false)
        .map(one -> one.entry);
  }
}
