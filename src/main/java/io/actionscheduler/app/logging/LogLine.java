package io.actionscheduler.app.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.LayoutBase;
import io.actionscheduler.text.Quoted;
import io.actionscheduler.text.Secrets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/**
 * A log event as one line of text, {@code 2026-11-20T10:00:00.123+01:00 INFO ActionSync - …}, a
 * stack trace in indented lines behind it; a line that a request over HTTP caused ends with the id
 * of the request. Control characters are escaped in all texts of others: a command with a line
 * break must not look like a line of the log.
 */
final class LogLine extends LayoutBase<ILoggingEvent> {
  private static final int DEEPEST = 20;

  private final DateTimeFormatter time =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx").withZone(ZoneId.systemDefault());

  @Override
  public String doLayout(ILoggingEvent event) {
    String logger = event.getLoggerName();
    StringBuilder line = new StringBuilder(160);
    time.formatTo(Instant.ofEpochMilli(event.getTimeStamp()), line);
    line.append(' ').append(event.getLevel());
    line.append(event.getLevel().levelStr.length() < 5 ? "  " : " ");
    line.append(logger, logger.lastIndexOf('.') + 1, logger.length());
    line.append(" - ").append(shown(event.getFormattedMessage()));
    String request = event.getMDCPropertyMap().get("request_id");
    if (request != null) {
      line.append(" (request ").append(shown(request)).append(')');
    }
    line.append('\n');
    trace(event.getThrowableProxy(), "", 0, line);
    return line.toString();
  }

  private static String shown(String text) {
    return Quoted.escape(Secrets.maskText(String.valueOf(text)));
  }

  private static void trace(IThrowableProxy thrown, String title, int depth, StringBuilder out) {
    if (thrown == null || depth > DEEPEST) {
      return;
    }
    out.append("  ").append(title).append(thrown.getClassName());
    if (thrown.getMessage() != null) {
      out.append(": ").append(shown(thrown.getMessage()));
    }
    out.append('\n');
    StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
    for (int i = 0; i < frames.length - thrown.getCommonFrames(); i++) {
      out.append("    ").append(frames[i].getSTEAsString()).append('\n');
    }
    for (IThrowableProxy suppressed : thrown.getSuppressed()) {
      trace(suppressed, "suppressed: ", depth + 1, out);
    }
    trace(thrown.getCause(), "caused by: ", depth + 1, out);
  }
}
