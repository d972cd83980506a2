package io.actionscheduler.callback.email;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.Report;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends each fire as a mail, those of a batch over one connection. A fire is delivered when the
 * server has accepted the mail for all of its recipients.
 */
final class EmailCallback implements BatchCallback {
  private static final Logger log = LoggerFactory.getLogger(EmailCallback.class);
  private static final int BATCH = 100;

  private final MailServer server;
  private final Letters letters;
  private final int mailsPerConnection;
  private final int concurrency;
  private final Set<Post> underWay = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * @param mailsPerConnection the most that are sent over one connection; at least 1
   */
  EmailCallback(MailServer server, Letters letters, int mailsPerConnection, int concurrency) {
    this.mailsPerConnection = mailsPerConnection;
    this.server = requireNonNull(server, "server is null");
    this.letters = requireNonNull(letters, "letters is null");
    this.concurrency = concurrency;
  }

  @Override
  public void warmUp() {
    try (Post post = post()) {
      open(post);
    } catch (CallbackException e) {
      log.warn("{}; its fires wait until it is available", e.getMessage());
    }
  }

  @Override
  public void deliver(List<Delivery> batch, Report report) {
    int next = 0;
    while (next < batch.size()) {
      Round round = new Round(batch, next, report);
      try (Post post = post()) {
        underWay.add(post);
        try {
          open(post);
          round.sendOver(post);
        } finally {
          underWay.remove(post);
        }
      } catch (CallbackException e) {
        round.giveUp(e);
      }
      next = round.next;
    }
  }

  @Override
  public int batchSize() {
    return BATCH;
  }

  @Override
  public int concurrency() {
    return concurrency;
  }

  @Override
  public void close() {
    closed = true;
    underWay.forEach(Post::cut);
  }

  private Post post() throws CallbackException {
    checkGoingOn();
    try {
      return new Post(server);
    } catch (IOException e) { // too many open files
      throw MailErrors.notReached(server.name(), e);
    }
  }

  private void open(Post post) throws CallbackException {
    checkGoingOn();
    try {
      post.open();
    } catch (IOException | MessagingException e) {
      throw MailErrors.notReached(server.name(), e);
    }
  }

  private void checkGoingOn() throws CallbackException {
    if (closed) {
      throw CallbackException.unavailable(server.name() + ": closed", null);
    }
    if (Thread.currentThread().isInterrupted()) {
      throw CallbackException.unavailable(server.name() + ": stopped before it was sent", null);
    }
  }

  /** Sends as many of the remaining fires as one connection takes. */
  private final class Round {
    private final List<Delivery> batch;
    private final Report report;
    private int next;
    private int taken;

    Round(List<Delivery> batch, int next, Report report) {
      this.batch = batch;
      this.next = next;
      this.report = report;
    }

    /**
     * Sends until all are sent, the connection ends, or its number of mails is reached.
     *
     * @throws CallbackException when another connection would fail as well
     */
    void sendOver(Post post) throws CallbackException {
      int end = Math.min(batch.size(), next + mailsPerConnection);
      while (next < end) {
        checkGoingOn();
        Optional<CallbackException> failure = send(post);
        next++;
        if (failure.isEmpty() || post.isOpen()) {
          continue;
        }
        if (taken == 0 && failure.get().kind() != CallbackException.Kind.PERMANENT) {
          throw CallbackException.unavailable(failure.get().getMessage(), failure.get());
        }
        return; // some servers close the connection after a number of mails, or after one that they
        // refuse
      }
    }

    void giveUp(CallbackException why) {
      for (; next < batch.size(); next++) {
        report.failed(next, why);
      }
    }

    /**
     * Sends the next mail. Gives the reason if the server did not accept it; empty if it did, or
     * the mail was not sent.
     */
    private Optional<CallbackException> send(Post post) {
      try {
        post.send(letters.of(batch.get(next), post.session()));
        taken++;
        report.delivered(next);
        return Optional.empty();
      } catch (CallbackException e) {
        report.failed(next, e); // no mail can be made of this fire
        return Optional.empty();
      } catch (MessagingException e) {
        CallbackException why = MailErrors.notSent(server.name(), e);
        report.failed(next, why);
        return Optional.of(why);
      }
    }
  }
}
