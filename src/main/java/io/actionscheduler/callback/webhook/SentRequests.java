package io.actionscheduler.callback.webhook;

import java.io.IOException;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Notes when a request begins to be sent: until then it has surely not been taken. */
final class SentRequests extends HttpRequestExecutor {
  private static final String SENT = "action-scheduler.sent";

  /** Whether the request of {@code context} may have reached its server. */
  static boolean isSent(HttpContext context) {
    return context.getAttribute(SENT) != null;
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request,
      HttpClientConnection connection,
      HttpResponseInformationCallback information,
      HttpContext context)
      throws IOException, HttpException {
    if (!Method.CONNECT.isSame(request.getMethod())) { // which a proxy alone is sent
      context.setAttribute(SENT, true);
    }
    return super.execute(request, connection, information, context);
  }
}
