package io.actionscheduler.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
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
}
