package io.actionscheduler.source;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** The statements that were echoed while it was open. */
final class SqlLog implements AutoCloseable {
  private final Logger logger = (Logger) LoggerFactory.getLogger("io.actionscheduler.source.sql");
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

  SqlLog() {
    logger.setAdditive(false);
    logger.setLevel(Level.INFO);
    appender.start();
    logger.addAppender(appender);
  }

  List<String> statements() {
    return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  void clear() {
    appender.list.clear();
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
    logger.setLevel(null);
    logger.setAdditive(true);
  }
}
