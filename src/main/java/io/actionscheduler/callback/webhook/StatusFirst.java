package io.actionscheduler.callback.webhook;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.ProtocolVersion;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultContentLengthStrategy;
import org.apache.hc.core5.http.impl.io.DefaultClassicHttpResponseFactory;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.message.LazyLaxLineParser;
import org.apache.hc.core5.util.CharArrayBuffer;

/**
 * Reads the head of an answer so that its status counts, whatever follows it. If headers cannot be
 * read, are too many or too long, or contradict each other, or the connection ends among them, the
 * answer has no headers and no body, and its connection is not used again.
 */
final class StatusFirst extends DefaultHttpResponseParser {
  /** Enough for every sensible answer; without a limit, a server could send headers for ever. */
  static final Http1Config LIMITS =
      Http1Config.custom().setMaxLineLength(64 * 1024).setMaxHeaderCount(1_000).build();

  private ClassicHttpResponse begun; // null until there is a status

  StatusFirst() {
    super(LazyLaxLineParser.INSTANCE, DefaultClassicHttpResponseFactory.INSTANCE, LIMITS);
  }

  @Override
  public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in)
      throws IOException, HttpException {
    begun = null;
    try {
      ClassicHttpResponse whole = super.parse(buffer, in);
      if (whole != null) {
        DefaultContentLengthStrategy.INSTANCE.determineLength(
            whole); // otherwise it would fail later
      }
      if (whole != null && whole.getCode() == HttpStatus.SC_NO_CONTENT) {
        dropWhatIsThere(buffer, in);
      }
      return whole;
    } catch (HttpException | IOException | RuntimeException e) {
      if (begun == null || begun.getCode() < 200) {
        throw e;
      }
      begun.setHeaders();
      begun.setHeader(HttpHeaders.CONNECTION, "close");
      begun.setHeader(HttpHeaders.CONTENT_LENGTH, "0");
      dropWhatIsThere(buffer, in);
      return begun;
    }
  }

  /**
   * Reads what has arrived: a connection that is closed with unread data is reset, which some
   * servers count as an error.
   */
  private static void dropWhatIsThere(SessionInputBuffer buffer, InputStream in) {
    byte[] dropped = new byte[8192];
    try {
      for (int i = 0; i < 100 && (buffer.length() > 0 || in.available() > 0); i++) {
        buffer.read(dropped, in);
      }
    } catch (IOException e) {
      // The connection has ended: nothing is left to read.
    }
  }

  @Override
  protected ClassicHttpResponse createMessage(CharArrayBuffer line)
      throws IOException, HttpException {
    ClassicHttpResponse response = super.createMessage(line);
    ProtocolVersion spoken = response.getVersion();
    if (spoken != null && spoken.greaterEquals(HttpVersion.HTTP_2)) {
      response.setVersion(HttpVersion.HTTP_1_1); // wrong: the bytes are not HTTP/2
    }
    begun = response;
    return response;
  }
}
