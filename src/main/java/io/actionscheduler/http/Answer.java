package io.actionscheduler.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a request is answered with. */
public record Answer(int status, Map<String, String> headers, Body body) {

  /** What follows the headers. */
  public sealed interface Body permits Json, Bytes, Written, Events, Nothing {}

  /** A value as JSON. */
  public record Json(String type, Object value) implements Body {}

  /** A text or a file. */
  public record Bytes(String type, byte[] bytes) implements Body {}

  /** As much as it takes, written while it is made. */
  public record Written(String type, Writer writer) implements Body {}

  /** Writes a body, and waits while the client does not take it. */
  @FunctionalInterface
  public interface Writer {
    /**
     * Writes all of it.
     *
     * @throws IOException where the client has gone away, or no more can be written: then the
     *     connection ends before the answer does, so that nobody takes a part for the whole
     */
    void write(OutputStream out) throws IOException;
  }

  /** A stream of server-sent events, which goes on until one of both ends it. */
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

  /** What the client has is still right. */
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
