package io.actionscheduler.engine.record;

import io.actionscheduler.action.Action;
import io.actionscheduler.callback.Delivery;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * What a line of the log is about, as separate members, so that programs can search logs by them.
 *
 * @param fireId empty text where it is about several fires
 */
record About(String action, String fireId, String callback) {

  /** One fire. */
  static About fire(Delivery delivery, String callback) {
    return new About(delivery.action().id().text(), delivery.fire().id().toString(), callback);
  }

  /** Several fires of one action. */
  static About fires(Action action, String callback) {
    return new About(action.id().text(), "", callback);
  }

  LoggingEventBuilder of(LoggingEventBuilder line) {
    LoggingEventBuilder with = line.addKeyValue("action", action);
    with = fireId.isEmpty() ? with : with.addKeyValue("fire_id", fireId);
    return with.addKeyValue("callback", callback);
  }
}
