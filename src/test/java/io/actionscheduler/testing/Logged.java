package io.actionscheduler.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What one logger said while this was open; it goes nowhere else. */
public final class Logged implements AutoCloseable {
  private final Logger logger;
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

  private Logged(String name) {
    logger = (Logger) LoggerFactory.getLogger(name);
    logger.setAdditive(false);
    logger.setLevel(Level.INFO);
    appender.list = new CopyOnWriteArrayList<>(); // read while others log
    appender.start();
    logger.addAppender(appender);
  }

  /** The statements that are echoed. */
  public static Logged statementsOnly() {
    return new Logged("io.actionscheduler.source.sql");
  }

  public static Logged of(Class<?> type) {
    return new Logged(type.getName());
  }

  /** Of a class that a test cannot name, being in no package of its own. */
  public static Logged of(String type) {
    return new Logged(type);
  }

  public List<String> lines() {
    return appender.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  /** What each line is about: its members by name. */
  public List<Map<String, String>> members() {
    return appender.list.stream()
        .map(
            event -> {
              Map<String, String> members = new TreeMap<>();
              if (event.getKeyValuePairs() != null) {
                event.getKeyValuePairs().forEach(one -> members.put(one.key, one.value.toString()));
              }
              return members;
            })
        .toList();
  }

  public void clear() {
    appender.list.clear();
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
    logger.setLevel(null);
    logger.setAdditive(true);
  }
}
