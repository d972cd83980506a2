package io.actionscheduler.http;

import io.actionscheduler.text.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers of Jetty to what it refuses itself, in the form of the API and without details of the
 * server.
 */
final class PlainErrors extends ErrorHandler {
  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus() < 400 ? 500 : response.getStatus();
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    response.write(true, body(status), callback);
    return true;
  }

  @Override
  public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
    fields.put(HttpHeader.CONTENT_TYPE, "application/problem+json");
    return body(status);
  }

  private static String detail(int status) {
    return switch (status) {
      case 400 ->
          "the request is not valid HTTP; in a path, encoded slashes, dot segments and bytes"
              + " that are not UTF-8 are not allowed";
      case 414 -> "the address is too long; " + HttpServer.HEADER_BYTES + " bytes are allowed";
      case 417 -> "Expect: only 100-continue is supported";
      case 431 -> "the headers are too large; " + HttpServer.HEADER_BYTES + " bytes are allowed";
      case 505 -> "this version of HTTP is not supported; use HTTP/1.1";
      default ->
          status < 500
              ? "the request is not valid HTTP"
              : "a defect of this program; its log has more";
    };
  }

  private static ByteBuffer body(int status) {
    var answer =
        (Answer.Json)
            Problem.of(status, detail(status)).answer(UUID.randomUUID().toString()).body();
    return ByteBuffer.wrap(Json.write(answer.value()).getBytes(StandardCharsets.UTF_8));
  }
}
