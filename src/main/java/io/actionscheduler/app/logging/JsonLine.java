package io.actionscheduler.app.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import io.actionscheduler.text.Json;
import io.actionscheduler.text.Secrets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/**
 * A log event as one JSON object: time in ISO 8601, level, logger, thread and message, and the
 * subject of the event as members of their own, {@code action}, {@code fire_id}, {@code callback}
 * and {@code request_id}.
 */
final class JsonLine extends LayoutBase<ILoggingEvent> {
  private final DateTimeFormatter time =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx").withZone(ZoneId.systemDefault());

  @Override
  public String doLayout(ILoggingEvent event) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("timestamp", time.format(Instant.ofEpochMilli(event.getTimeStamp())));
    line.put("level", event.getLevel().toString());
    line.put("threadName", event.getThreadName());
    line.put("loggerName", event.getLoggerName());
    line.put("formattedMessage", Secrets.maskText(String.valueOf(event.getFormattedMessage())));
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        line.putIfAbsent(pair.key, Secrets.maskText(String.valueOf(pair.value)));
      }
    }
    event
        .getMDCPropertyMap()
        .forEach((key, value) -> line.putIfAbsent(key, Secrets.maskText(value)));
    IThrowableProxy thrown = event.getThrowableProxy();
    if (thrown != null) {
      Map<String, Object> throwable = new LinkedHashMap<>();
      throwable.put("className", thrown.getClassName());
      throwable.put("message", Secrets.maskText(String.valueOf(thrown.getMessage())));
      throwable.put("stackTrace", Secrets.maskText(ThrowableProxyUtil.asString(thrown)));
      line.put("throwable", throwable);
    }
    return Json.write(line) + "\n";
  }
}
