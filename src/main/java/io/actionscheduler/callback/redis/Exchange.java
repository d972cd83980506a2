package io.actionscheduler.callback.redis;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Requests that are sent before any of their answers is read, and their results. */
final class Exchange {
  private final Server server;
  private final Requests requests;
  private final List<Request> made;
  private final Report report;
  private final List<Integer> singly = new ArrayList<>();
  private Optional<CallbackException> unavailable = Optional.empty();
  private boolean hungUp;
  private int sent;
  private int answered;

  Exchange(Server server, Requests requests, List<Request> made, Report report) {
    this.server = requireNonNull(server, "server is null");
    this.requests = requireNonNull(requests, "requests is null");
    this.made = List.copyOf(made);
    this.report = requireNonNull(report, "report is null");
  }

  /** Reports on all fires except those that are to be sent again. */
  void over(Connection connection) {
    try {
      for (Request request : made) {
        sent++; // counted before sending: a request that fails may have been sent completely
        connection.sendCommand(request.command());
      }
      while (answered < made.size() && !hungUp) {
        read(connection);
      }
    } catch (JedisException e) {
      if (answered == 0
          && RedisErrors.hangsUp(e)) { // the answer came while the request was still being written
        refused(e);
      } else {
        brokeOff(e);
      }
    }
  }

  /** The reason why every other request would fail as well; empty when there is none. */
  Optional<CallbackException> unavailable() {
    return unavailable;
  }

  /** Whether Redis has closed the connection because of one request. */
  boolean hungUp() {
    return hungUp;
  }

  /** Fires whose request together was too large: each is to be sent by itself. */
  List<Integer> singly() {
    return singly;
  }

  /**
   * Fires after a request at which Redis closed the connection: these were certainly not carried
   * out.
   */
  List<Integer> behind() {
    return made.subList(hungUp ? answered : made.size(), made.size()).stream()
        .flatMap(request -> request.fires().stream())
        .toList();
  }

  private void read(Connection connection) {
    try {
      requests.check(connection.getOne());
      made.get(answered++).fires().forEach(report::delivered);
    } catch (JedisDataException e) {
      refused(e);
    } catch (CallbackException e) {
      failed(made.get(answered++), e);
    }
  }

  /** Takes an error as the answer to the first request without one. */
  private void refused(JedisException e) {
    CallbackException why = RedisErrors.refused(server.name(), e);
    Request request = made.get(answered++);
    hungUp = RedisErrors.hangsUp(e);
    if (why.kind() == Kind.PERMANENT && request.fires().size() > 1) {
      singly.addAll(request.fires());
      return;
    }
    if (why.kind() == Kind.UNAVAILABLE) {
      unavailable = Optional.of(why);
    }
    failed(request, why);
  }

  private void brokeOff(JedisException e) {
    CallbackException unknown = RedisErrors.notAnswered(server.name(), e);
    CallbackException unsent = RedisErrors.notReached(server.name(), e);
    for (int i = answered; i < made.size(); i++) {
      failed(made.get(i), i < sent ? unknown : unsent);
    }
    unavailable = Optional.of(unsent);
  }

  private void failed(Request request, CallbackException why) {
    request.fires().forEach(index -> report.failed(index, why));
  }
}
