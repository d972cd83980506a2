package io.actionscheduler.cli;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.app.parts.SystemClock;
import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * The environment of a command.
 *
 * @param in standard input
 * @param out standard output, for results
 * @param err standard error, for messages
 * @param width columns of the terminal that {@code out} is, determined when needed; empty when it
 *     is not a terminal
 */
public record Shell(
    InputStream in,
    Output out,
    Output err,
    Map<String, String> environment,
    InstantSource clock,
    Supplier<OptionalInt> width) {
  public Shell {
    requireNonNull(in, "in is null");
    requireNonNull(out, "out is null");
    requireNonNull(err, "err is null");
    environment = Map.copyOf(environment);
    requireNonNull(clock, "clock is null");
    requireNonNull(width, "width is null");
  }

  /** The environment of this process. */
  public static Shell ofProcess() {
    return new Shell(
        new BufferedInputStream(
            new FileInputStream(FileDescriptor.in)), // a pipe has no position: then it is empty
        Output.buffered(new FileOutputStream(FileDescriptor.out)),
        Output.atOnce(new FileOutputStream(FileDescriptor.err), TerminalWidth::ofErrors),
        System.getenv(),
        new SystemClock(),
        TerminalWidth::find);
  }
}
