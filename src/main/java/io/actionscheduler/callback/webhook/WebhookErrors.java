package io.actionscheduler.callback.webhook;

import io.actionscheduler.callback.CallbackException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import javax.net.ssl.SSLHandshakeException;

/**
 * Decides what a request without an answer means for its fire. If all fires go to one server, that
 * server is unavailable; if each may go to another, only this fire is refused.
 *
 * @param subject what messages begin with; empty: they have only the reason
 */
record WebhookErrors(String subject, boolean oneServer) {

  /** The errors of requests to {@code address}, which messages show. */
  static WebhookErrors at(URI address, boolean oneServer) {
    return new WebhookErrors(Requests.shown(address), oneServer);
  }

  /** Whether the connection is full: the server limits the streams on it, so nothing was sent. */
  static boolean isWithoutStream(Throwable e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (String.valueOf(at.getMessage()).equals("too many concurrent streams")) {
        return true; // the JDK has no exception of its own for it
      }
    }
    return false;
  }

  /** The server certainly did not take the request: {@code e} came before it was sent. */
  CallbackException unsent(Throwable e) {
    return unsent(reason(e), e);
  }

  /** The server may have taken the request: {@code e} came after it was sent. */
  CallbackException unanswered(Throwable e) {
    return unanswered(reason(e), e);
  }

  /** For an exception of the JDK's HTTP client. */
  CallbackException of(Throwable e) {
    boolean neverConnected =
        e instanceof ConnectException
            || e instanceof HttpConnectTimeoutException
            || e instanceof UnknownHostException
            || e instanceof SSLHandshakeException;
    String reason = reason(e);
    return neverConnected ? unsent(reason, e) : unanswered(reason, e);
  }

  /** The server certainly did not take the request. */
  CallbackException unsent(String reason, Throwable e) {
    String message = message(reason);
    return oneServer
        ? CallbackException.unavailable(message, e)
        : CallbackException.refused(message, e);
  }

  /** The server may have taken the request. */
  CallbackException unanswered(String reason, Throwable e) {
    String message = message(reason);
    return oneServer
        ? CallbackException.unavailableUnknown(message, e)
        : CallbackException.refusedUnknown(message, e);
  }

  private String message(String reason) {
    return subject.isEmpty() ? reason : subject + ": " + reason;
  }

  private static String reason(Throwable e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at.getMessage() != null) {
        return at.getMessage();
      }
    }
    return e instanceof ConnectException ? "cannot be connected to" : e.toString();
  }
}
