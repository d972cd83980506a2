package io.actionscheduler.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.slf4j.LoggerFactory;

/** The log of the libraries that are measured beside the program. */
public final class Logs {
  private Logs() {}

  /** Ends all logging: standard output belongs to the results, processor time to the work. */
  public static void silence() {
    LoggerContext logs = (LoggerContext) LoggerFactory.getILoggerFactory();
    logs.reset();
    logs.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.OFF);
  }

  /** The message of {@code failure}, whose trace goes to standard error: results have no room. */
  static String failure(Benchmark benchmark, Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    System.err.println(benchmark.name() + " failed: " + trace);
    return failure.getMessage();
  }
}
