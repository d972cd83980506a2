package io.actionscheduler.callback.webhook;

import java.io.IOException;
import java.net.ConnectException;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/**
 * Distinguishes an answer of a proxy that did not connect to the server from an answer of the
 * server.
 */
final class ProxyAnswers implements ExecChainHandler {

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    ClassicHttpResponse response = chain.proceed(request, scope);
    boolean tunnel = scope.route.isTunnelled();
    if (tunnel && !SentRequests.isSent(scope.clientContext)) {
      int status = response.getCode();
      response.close();
      throw new ConnectException(
          "the proxy "
              + scope.route.getProxyHost().toHostString()
              + " answered "
              + status
              + " and did not connect to it");
    }
    return response;
  }
}
