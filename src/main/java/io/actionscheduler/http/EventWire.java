package io.actionscheduler.http;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** A stream of events to one client. */
final class EventWire implements EventStreams.Wire {
  private final Response response;
  private final Callback whole;
  private final AtomicBoolean ended = new AtomicBoolean();

  /**
   * @param whole completed when the stream ends, which completes the request
   */
  EventWire(Response response, Callback whole) {
    this.response = response;
    this.whole = whole;
  }

  @Override
  public void write(ByteBuffer bytes, Done done) {
    response.write(
        false,
        bytes,
        Callback.from(
            () -> done.ended(null),
            failed -> {
              done.ended(failed);
              if (ended.compareAndSet(false, true)) {
                whole.failed(failed);
              }
            }));
  }

  @Override
  public void end() {
    if (ended.compareAndSet(false, true)) {
      whole.succeeded();
    }
  }
}
