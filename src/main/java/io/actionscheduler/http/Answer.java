package io.actionscheduler.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** The answer to a request. */
public record Answer(int status, Map<String, String> headers, Body body) {

  /** The body: what follows the headers. */
  public sealed interface Body permits Json, Bytes, Written, Events, Nothing {}

  /** A value as JSON. */
  public record Json(String type, Object value) implements Body {}

  /** A text or a file. */
  public record Bytes(String type, byte[] bytes) implements Body {}

  /** A body of any length, written while it is made. */
  public record Written(String type, Writer writer) implements Body {}

  /** Writes a body; waits while the client does not read it. */
  @FunctionalInterface
  public interface Writer {
    /**
     * Writes all of it.
     *
     * @throws IOException when the client is gone, or the rest cannot be made: the connection then
     *     ends in the middle of the answer, so that no client takes a part for the whole
     */
    void write(OutputStream out) throws IOException;
  }

  /** A stream of server-sent events, which continues until client or server ends it. */
  public record Events(EventStreams streams, EventStreams.Wanted wanted) implements Body {}

  /** No body at all. */
  public record Nothing() implements Body {}

  public Answer {
    headers = Map.copyOf(headers);
    requireNonNull(body, "body is null");
  }

  public static Answer json(int status, Object value) {
    return new Answer(status, Map.of(), new Json("application/json", value));
  }

  public static Answer ok(Object value) {
    return json(200, value);
  }

  public static Answer nothing() {
    return new Answer(204, Map.of(), new Nothing());
  }

  /** 304: the version that the client has is still the present one. */
  public static Answer unchanged() {
    return new Answer(304, Map.of(), new Nothing());
  }

  public static Answer bytes(String type, byte[] bytes) {
    return new Answer(200, Map.of(), new Bytes(type, bytes));
  }

  public static Answer written(String type, Writer writer) {
    return new Answer(200, Map.of(), new Written(type, writer));
  }

  /** The same with one more header. */
  public Answer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, body);
  }
}
