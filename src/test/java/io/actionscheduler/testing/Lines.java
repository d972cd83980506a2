package io.actionscheduler.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The lines that a process has written to one of its streams so far. Thread-safe. */
public final class Lines {
  private final String stream;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<Line> received = new ArrayList<>();
  private boolean ended;

  /**
   * @param stream how messages name it: {@code stdout}
   */
  Lines(String stream) {
    this.stream = stream;
  }

  /** Takes lines until the stream ends. */
  void readFrom(InputStream in) {
    try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        add(new Line(Instant.now(), text));
      }
    } catch (IOException e) {
      add(new Line(Instant.now(), "(" + stream + " broke off: " + e.getMessage() + ")"));
    } finally {
      end();
    }
  }

  /** Everything so far. */
  public List<Line> all() {
    lock.lock();
    try {
      return List.copyOf(received);
    } finally {
      lock.unlock();
    }
  }

  /** How many lines there are so far. */
  public int count() {
    lock.lock();
    try {
      return received.size();
    } finally {
      lock.unlock();
    }
  }

  /** The lines so far in which {@code regex} is found. */
  public List<Line> with(String regex) {
    Predicate<String> found = Pattern.compile(regex).asPredicate();
    return all().stream().filter(line -> found.test(line.text())).toList();
  }

  /** The commands of the fires so far. */
  public List<String> commands() {
    return all().stream().map(Line::command).toList();
  }

  /** The first line in which {@code regex} is found, waited for up to {@code limit}. */
  public Line await(String regex, Duration limit) throws InterruptedException {
    return await(regex, 1, limit).get(0);
  }

  /** The first {@code count} lines in which {@code regex} is found, waited for. */
  public List<Line> await(String regex, int count, Duration limit) throws InterruptedException {
    Predicate<String> wanted = Pattern.compile(regex).asPredicate();
    List<Line> found = new ArrayList<>();
    long deadline = System.nanoTime() + limit.toNanos();
    int seen = 0;
    lock.lock();
    try {
      while (true) {
        for (; seen < received.size() && found.size() < count; seen++) {
          if (wanted.test(received.get(seen).text())) {
            found.add(received.get(seen));
          }
        }
        long left = deadline - System.nanoTime();
        if (found.size() >= count) {
          return found;
        }
        if (ended || left <= 0) {
          throw new AssertionError(
              found.size()
                  + " of "
                  + count
                  + " lines with \""
                  + regex
                  + "\" on "
                  + stream
                  + (ended ? " at its end" : " after " + limit)
                  + "; all of it:\n"
                  + tail());
        }
        changed.await(left, TimeUnit.NANOSECONDS);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the stream has ended: nothing more comes. */
  public void awaitEnd(Duration limit) throws InterruptedException {
    long left = limit.toNanos();
    lock.lock();
    try {
      while (!ended) {
        if (left <= 0) {
          throw new AssertionError(stream + " has not ended after " + limit);
        }
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  /** The last hundred lines, for messages. */
  public String tail() {
    List<Line> all = all();
    StringBuilder text = new StringBuilder();
    for (Line line : all.subList(Math.max(0, all.size() - 100), all.size())) {
      text.append(line.receivedAt()).append(' ').append(line.text()).append('\n');
    }
    return text.toString();
  }

  private void add(Line line) {
    lock.lock();
    try {
      received.add(line);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void end() {
    lock.lock();
    try {
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
