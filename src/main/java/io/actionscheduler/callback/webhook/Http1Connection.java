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
 * A connection that is closed as others are: the client's own would be reset wherever it is not
 * used again, and some servers take that for an error of theirs.
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
        // A server may refuse what is too large for it before it has read it all.
        new MonitoringResponseOutOfOrderStrategy(Http1.PIECE),
        new DefaultHttpRequestWriterFactory(StatusFirst.LIMITS),
        config -> new StatusFirst());
  }

  /** For a connection: one that an interrupt closes, whatever is waited for on it. */
  static Socket socket() throws IOException {
    return SocketChannel.open().socket();
  }

  @Override
  public void close(CloseMode mode) {
    super.close(CloseMode.GRACEFUL);
  }
}
