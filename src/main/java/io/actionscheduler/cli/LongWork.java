package io.actionscheduler.cli;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalInt;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * How far a command is: a progress bar with rate and time left on standard error where that is a
 * terminal, from half a second on, so that quick work shows none. It leaves nothing behind. For one
 * thread.
 */
final class LongWork implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final int INTERVAL_MILLIS = 200;

  private final Output err;
  private final String task;
  private final boolean isShown;
  private final Duration patience;
  private final long begunNanos = System.nanoTime();
  private long total;
  private long done;
  private boolean isAsked; // whether it is a terminal
  private ProgressBar bar; // null until it is shown
  private Line line; // as the bar

  /**
   * @param patience after which the bar is shown
   */
  LongWork(Output err, String task, boolean isShown, long total, Duration patience) {
    this.err = err;
    this.task = task;
    this.isShown = isShown;
    this.patience = patience;
    this.total = total;
  }

  /**
   * Begins.
   *
   * @param task what is done, in a word
   * @param isShown false for output that programs read
   * @param total how many steps there are; negative while it is not known
   */
  static LongWork begin(Shell shell, String task, boolean isShown, long total) {
    return new LongWork(shell.err(), task, isShown, total, PATIENCE);
  }

  /** So many steps there are. */
  void expect(long steps) {
    total = steps;
    if (bar != null) {
      bar.maxHint(steps);
    }
  }

  /** One more step is done. */
  void step() {
    done++;
    if (bar != null) {
      bar.step();
    } else if (isShown && !isAsked && elapsed().compareTo(patience) > 0) {
      isAsked = true;
      show();
    }
  }

  /** Prints a line above the bar. */
  void print(String text) {
    if (line == null) {
      err.line(text);
    } else {
      line.above(text);
    }
  }

  private void show() {
    OptionalInt columns = err.columns();
    if (columns.isEmpty()) {
      return;
    }
    line = new Line(err, columns.getAsInt());
    bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total)
            .startsFrom(done, elapsed())
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(INTERVAL_MILLIS)
            .continuousUpdate() // else a step made while the bar is drawn may never be drawn
            .showSpeed(new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
            .setConsumer(line)
            .build();
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begunNanos);
  }

  /** Removes the bar. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }

  /** The line of the terminal that the bar is drawn in, by a thread of its own. */
  private static final class Line implements ProgressBarConsumer {
    private final Output err;
    private final int columns;
    private boolean isClosed;

    Line(Output err, int columns) {
      this.err = err;
      this.columns = columns;
    }

    @Override
    public int getMaxRenderedLength() {
      return columns - 1; // the last column would make some terminals begin another line
    }

    @Override
    public synchronized void accept(String rendered) {
      if (!isClosed) {
        err.text("\r" + rendered);
      }
    }

    synchronized void above(String text) {
      clear();
      err.line(text);
    }

    @Override
    public synchronized void close() {
      isClosed = true;
      clear();
    }

    @Override
    public synchronized void clear() {
      err.text("\r" + " ".repeat(columns - 1) + "\r");
    }
  }
}
