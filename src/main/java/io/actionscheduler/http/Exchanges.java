package io.actionscheduler.http;

import io.actionscheduler.http.HttpSettings.Limits;
import io.actionscheduler.text.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Passes requests to the {@link Door} and writes its answers. No thread waits for a body, so a
 * thousand clients that send one byte a second cost a thousand connections and no threads.
 */
final class Exchanges extends Handler.Abstract {
  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:/+=-]{1,100}");

  private static final int WRITTEN_AT_ONCE = 32 * 1024;

  /** The headers of every answer; a page may set others. */
  private static final List<HttpField> STANDING =
      List.of(
          new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
          new PreEncodedHttpField("X-Frame-Options", "DENY"),
          new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
          new PreEncodedHttpField(
              "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
          new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"),
          new PreEncodedHttpField("Cache-Control", "no-store"));

  private final Door door;
  private final Limits limits;

  Exchanges(Door door, Limits limits) {
    this.door = door;
    this.limits = limits;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    HeadLimit.headCame(request);
    Map<String, String> headers = headers(request);
    String id = requestId(headers);
    standing(response.getHeaders(), id);
    try {
      String path = request.getHttpURI().getPath();
      String query = request.getHttpURI().getQuery();
      Door.Admitted admitted =
          door.admit(
              new Door.Head(
                  id,
                  request.getMethod(),
                  path == null || path.isEmpty() ? "/" : path,
                  query == null ? "" : query,
                  headers));
      if (admitted.route().input().isEmpty()) {
        Callback end = endUnlessRead(request, response, callback);
        send(door.answer(admitted, new byte[0]), response, end);
      } else {
        checkLength(request);
        withBody(admitted, request, response, callback);
      }
    } catch (Problem e) {
      refuse(e, id, response, endUnlessRead(request, response, callback));
    }
    return true;
  }

  /**
   * Says that the connection ends where the body of {@code request} has not come yet: nobody wants
   * it, and a client that does not know would send its next request behind it.
   *
   * @return ends the exchange, instead of {@code callback}
   */
  private static Callback endUnlessRead(Request request, Response response, Callback callback) {
    if (request.getHeaders().contains("Expect", "100-continue")) { // it sends nothing unasked
      response.getHeaders().put("Connection", "close");
      return callback;
    }
    RequestBody unwanted = RequestBody.discard(request);
    if (unwanted.isRead()) {
      return callback;
    }
    response.getHeaders().put("Connection", "close");
    return unwanted.before(callback);
  }

  private void checkLength(Request request) throws Problem {
    if (request.getLength() > limits.bodyBytes()) {
      throw tooLarge();
    }
  }

  private Problem tooLarge() {
    return Problem.of(
        413, "the body is too large; " + limits.bodyBytes() + " bytes are allowed (http.max_body)");
  }

  private void withBody(
      Door.Admitted admitted, Request request, Response response, Callback callback) {
    RequestBody reading = RequestBody.read(request, limits.bodyBytes());
    Scheduler.Task limit =
        request
            .getComponents()
            .getScheduler()
            .schedule(
                () -> reading.giveUp(new TimeoutException("body")),
                limits.bodyTime().toMillis(),
                TimeUnit.MILLISECONDS);
    reading
        .kept()
        .whenComplete(
            (body, fault) -> {
              limit.cancel();
              // Handlers may wait, and this thread reads from all sockets.
              getServer()
                  .getThreadPool()
                  .execute(
                      () -> {
                        if (fault == null) {
                          send(door.answer(admitted, body), response, callback);
                        } else {
                          refuse(
                              bodyFault(fault),
                              admitted.head().requestId(),
                              response,
                              reading.before(callback));
                        }
                      });
            });
  }

  private Problem bodyFault(Throwable fault) {
    for (Throwable each = fault; each != null; each = each.getCause()) {
      if (each instanceof TimeoutException) {
        return Problem.of(
            408,
            "the body did not come within "
                + limits.bodyTime().toMillis() / 1000.0
                + " s (http.body_timeout)");
      }
      if (each instanceof RequestBody.TooLarge) {
        return tooLarge();
      }
    }
    return Problem.of(400, "the body was cut off");
  }

  /** Answers without waiting for the rest of the request: the connection ends. */
  private static void refuse(Problem problem, String id, Response response, Callback callback) {
    if (problem.status() == 408 || problem.status() == 413) {
      response.getHeaders().put("Connection", "close");
    }
    send(problem.answer(id), response, callback);
  }

  private static void send(Answer answer, Response response, Callback callback) {
    HttpFields.Mutable headers = response.getHeaders();
    response.setStatus(answer.status());
    answer.headers().forEach(headers::put);
    if (answer.body() instanceof Answer.Events events) {
      headers.put("Content-Type", "text/event-stream");
      headers.put("X-Accel-Buffering", "no"); // otherwise a proxy may hold events back
      if (response.getRequest().getMethod().equals("HEAD")) {
        response.write(true, ByteBuffer.allocate(0), callback); // a stream would never end
        return;
      }
      events.streams().open(new EventWire(response, callback), events.wanted());
      return;
    }
    if (answer.body() instanceof Answer.Written written) {
      headers.put("Content-Type", written.type());
      write(written, response, callback);
      return;
    }
    ByteBuffer body = ByteBuffer.allocate(0);
    if (answer.body() instanceof Answer.Json json) {
      headers.put("Content-Type", json.type());
      body = ByteBuffer.wrap(Json.write(json.value()).getBytes(StandardCharsets.UTF_8));
    } else if (answer.body() instanceof Answer.Bytes bytes) {
      headers.put("Content-Type", bytes.type());
      body = ByteBuffer.wrap(bytes.bytes());
    }
    if (answer.status() != 204 && answer.status() != 304) {
      headers.put("Content-Length", Integer.toString(body.remaining()));
    }
    response.write(true, body, callback);
  }

  private static void write(Answer.Written written, Response response, Callback callback) {
    OutputStream out =
        new BufferedOutputStream(Content.Sink.asOutputStream(response), WRITTEN_AT_ONCE);
    try {
      written.writer().write(out);
      out.close();
    } catch (IOException
        | RuntimeException e) { // not closed, or the client would take the part for the whole
      callback.failed(e);
      return;
    }
    callback.succeeded();
  }

  private static void standing(HttpFields.Mutable headers, String id) {
    headers.put("X-Request-ID", id);
    STANDING.forEach(headers::put);
  }

  private static Map<String, String> headers(Request request) {
    Map<String, String> headers = new HashMap<>();
    for (HttpField field : request.getHeaders()) {
      String value = field.getValue() == null ? "" : field.getValue();
      String name = field.getLowerCaseName();
      if (headers.putIfAbsent(name, value) != null && name.equals("content-type")) {
        headers.put(name, ""); // two types are none
      }
    }
    return headers;
  }

  /**
   * The id that the client sent, so that several programs can log the same one, or else a new one.
   */
  private static String requestId(Map<String, String> headers) {
    String given = headers.getOrDefault("x-request-id", "");
    return REQUEST_ID.matcher(given).matches() ? given : UUID.randomUUID().toString();
  }
}
