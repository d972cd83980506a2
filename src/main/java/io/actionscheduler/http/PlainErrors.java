package io.actionscheduler.http;

import io.actionscheduler.text.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What Jetty itself refuses, in the form of the API, without a word of how it is made. */
final class PlainErrors extends ErrorHandler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus() < 400 ? 500 : response.getStatus();
    String detail =
        status < 500
            ? "the request is not HTTP as it can be understood here"
            : "a defect of this program; its log has more";
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    response.write(true, body(status, detail), callback);
    return true;
  }

  @Override
  public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
    fields.put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    return body(status, "the request is not HTTP as it can be understood here");
  }

  private static ByteBuffer body(int status, String detail) {
    var answer = (Answer.Json) Problem.of(status, detail).answer("").body();
    return ByteBuffer.wrap(Json.write(answer.value()).getBytes(StandardCharsets.UTF_8));
  }
}
