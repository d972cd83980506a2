package io.actionscheduler.app.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.joran.spi.ConsoleTarget;
import ch.qos.logback.core.spi.ContextAwareBase;
import io.actionscheduler.config.Settings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets up the log: to standard error only, because standard output belongs to the callback. Logback
 * finds this class as a service and calls it before the first logger is used, so it reads no
 * configuration files and never logs to standard output, its own default.
 */
public final class Logging extends ContextAwareBase implements Configurator {
  /** Libraries whose messages of level INFO are of no use to operators. */
  private static final List<String> NOISY =
      List.of(
          "org.apache.kafka",
          "org.quartz",
          "com.zaxxer.hikari",
          "org.postgresql",
          "org.jdbi",
          "org.sqlite",
          "redis.clients",
          "io.smallrye",
          "org.eclipse.jetty",
          "io.micrometer",
          "org.jboss.logging");

  /**
   * Loggers that repeat for each attempt that a broker is unavailable; the callback logs it once.
   */
  private static final List<String> REPETITIVE =
      List.of(
          "com.zaxxer.hikari.pool.HikariPool", // its callers log what they wait for
          "com.zaxxer.hikari.pool.ProxyConnection", // and the faults of their statements
          "org.apache.kafka.clients.NetworkClient",
          "org.apache.kafka.clients.producer.internals.Sender");

  /** Sets up the log until the settings are read: text, level WARN. */
  @Override
  public ExecutionStatus configure(LoggerContext context) {
    setUp(context, Level.WARN, false);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Sets level and form as {@code settings} say; {@code debug} means the level DEBUG at least. */
  public static void apply(Settings settings) {
    setUp(context(), level(settings), settings.logAsJson());
  }

  /** Sets the level alone, while lines may be written by other threads: none of them is lost. */
  public static void applyLevel(Settings settings) {
    setLevel(context(), level(settings));
  }

  private static LoggerContext context() {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (!(factory instanceof LoggerContext context)) {
      throw new IllegalStateException("logs go through " + factory + ", not through Logback");
    }
    return context;
  }

  private static Level level(Settings settings) {
    Level asked = Level.toLevel(settings.logLevel());
    return settings.debug() && asked.isGreaterOrEqual(Level.DEBUG) ? Level.DEBUG : asked;
  }

  private static void setUp(LoggerContext context, Level level, boolean json) {
    context.reset();
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(standardError(context, json));
    setLevel(context, level);
  }

  private static void setLevel(LoggerContext context, Level level) {
    context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(level);
    boolean isQuiet = level.isGreaterOrEqual(Level.INFO);
    Level quiet = level.isGreaterOrEqual(Level.WARN) ? level : Level.WARN;
    NOISY.forEach(name -> context.getLogger(name).setLevel(isQuiet ? quiet : null));
    REPETITIVE.forEach(name -> context.getLogger(name).setLevel(isQuiet ? Level.ERROR : null));
  }

  private static ConsoleAppender<ILoggingEvent> standardError(LoggerContext context, boolean json) {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setContext(context);
    appender.setName("standard error");
    appender.setTarget(ConsoleTarget.SystemErr.getName());
    appender.setEncoder(encoder(context, json ? new JsonLine() : new LogLine()));
    appender.start();
    return appender;
  }

  private static Encoder<ILoggingEvent> encoder(
      LoggerContext context, LayoutBase<ILoggingEvent> line) {
    line.setContext(context);
    line.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setLayout(line);
    encoder.start();
    return encoder;
  }
}
