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

/** Notes when sending a request begins: until then the server has certainly not taken it. */
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
    if (!Method.CONNECT.isSame(request.getMethod())) { // it is only sent to a proxy
      context.setAttribute(SENT, true);
    }
    return super.execute(request, connection, information, context);
  }
}
