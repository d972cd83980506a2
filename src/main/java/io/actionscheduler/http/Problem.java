package io.actionscheduler.http;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;

/** An answer that says what is wrong, in the form of RFC 9457. It never contains a secret. */
public final class Problem extends Exception {
  private final int status;
  private final Map<String, Object> members = new LinkedHashMap<>();
  private final Map<String, String> headers = new LinkedHashMap<>();

  private Problem(int status, String detail) {
    super(requireNonNull(detail, "detail is null"), null, false, false); // an answer, no defect
    this.status = status;
  }

  /**
   * A problem.
   *
   * @param detail subject, fault, value and remedy, in a sentence
   */
  public static Problem of(int status, String detail) {
    return new Problem(status, detail);
  }

  /** The same with one more member: {@code errors}, {@code current}. */
  public Problem with(String member, Object value) {
    members.put(member, value);
    return this;
  }

  /** The same with a header. */
  public Problem header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  public int status() {
    return status;
  }

  Answer answer(String requestId) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "about:blank");
    body.put("title", title(status));
    body.put("status", status);
    body.put("detail", getMessage());
    body.putAll(members);
    body.put("request_id", requestId);
    return new Answer(status, headers, new Answer.Json("application/problem+json", body));
  }

  private static String title(int status) {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 408 -> "Request Timeout";
      case 409 -> "Conflict";
      case 412 -> "Precondition Failed";
      case 413 -> "Content Too Large";
      case 414 -> "URI Too Long";
      case 415 -> "Unsupported Media Type";
      case 417 -> "Expectation Failed";
      case 421 -> "Misdirected Request";
      case 422 -> "Unprocessable Content";
      case 429 -> "Too Many Requests";
      case 431 -> "Request Header Fields Too Large";
      case 500 -> "Internal Server Error";
      case 503 -> "Service Unavailable";
      case 505 -> "HTTP Version Not Supported";
      default -> "Error"; // the set of status numbers is open
    };
  }
}
