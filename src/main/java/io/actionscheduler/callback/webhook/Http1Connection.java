package io.actionscheduler.callback.webhook;

import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.client5.http.impl.io.DefaultManagedHttpClientConnection;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestWriterFactory;
import org.apache.hc.core5.http.impl.io.MonitoringResponseOutOfOrderStrategy;
import org.apache.hc.core5.io.CloseMode;

/**
 * A connection that is closed in the usual way: that of the library is reset when it is not used
 * again, and some servers count a reset as an error.
 */
final class Http1Connection extends DefaultManagedHttpClientConnection {
  private static final AtomicLong NUMBER = new AtomicLong();

  Http1Connection() {
    super(
        "webhook-" + NUMBER.incrementAndGet(),
        null,
        null,
        StatusFirst.LIMITS,
        DefaultContentLengthStrategy.INSTANCE,
        DefaultContentLengthStrategy.INSTANCE,
        // A server may refuse a body that is too large before it has read all of it.
        new MonitoringResponseOutOfOrderStrategy(Http1.PIECE),
        new DefaultHttpRequestWriterFactory(StatusFirst.LIMITS),
        config -> new StatusFirst());
  }

  /** A socket that an interrupt closes, whatever it is waiting for. */
  static Socket socket() throws IOException {
    return SocketChannel.open().socket();
  }

  @Override
  public void close(CloseMode mode) {
    super.close(CloseMode.GRACEFUL);
  }
}
