package io.actionscheduler.http;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * The body of a request, kept up to a limit. After an answer has been sent, the rest is read and
 * discarded: a connection that ends while its client still sends is reset, and the client loses the
 * answer.
 */
final class RequestBody implements Runnable {
  private static final long MOST_DISCARDED = 64L * 1024 * 1024;
  private static final long LONGEST_DISCARD_MILLIS = 2_000;

  private final Request request;
  private final long limit;
  private final CompletableFuture<byte[]> kept = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long discarded;
  private volatile boolean isRead;

  /** The body has more bytes than are allowed. */
  static final class TooLarge extends Exception {
    TooLarge(long limit) {
      super("more than " + limit + " bytes");
    }
  }

  private RequestBody(Request request, long limit) {
    this.request = requireNonNull(request, "request is null");
    this.limit = limit;
  }

  /** Begins to read a body of {@code limit} bytes at most. */
  static RequestBody read(Request request, long limit) {
    RequestBody body = new RequestBody(request, limit);
    body.run();
    return body;
  }

  /** Begins to read a body that nobody wants. */
  static RequestBody discard(Request request) {
    RequestBody body = new RequestBody(request, 0);
    body.kept.complete(new byte[0]);
    body.run();
    return body;
  }

  /** The whole body, or {@link TooLarge}, or the fault that cut it off. */
  CompletableFuture<byte[]> kept() {
    return kept;
  }

  /** Whether nothing of it is left to read. */
  boolean isRead() {
    return isRead;
  }

  /** Waits no longer for the whole body. */
  void giveUp(Exception why) {
    kept.completeExceptionally(why);
  }

  /** Completes {@code callback}, which ends the exchange, once the client has sent all. */
  Callback before(Callback callback) {
    return Callback.from(() -> await(callback), callback::failed);
  }

  private void await(Callback callback) {
    Scheduler.Task timeout =
        request
            .getComponents()
            .getScheduler()
            .schedule(() -> ended.complete(null), LONGEST_DISCARD_MILLIS, TimeUnit.MILLISECONDS);
    ended.whenComplete(
        (done, never) -> {
          timeout.cancel();
          callback.succeeded();
        });
  }

  /** Called when more has come; once at a time. */
  @Override
  public void run() {
    while (!ended.isDone()) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        kept.completeExceptionally(chunk.getFailure());
        ended.complete(null);
        return;
      }
      take(chunk.getByteBuffer());
      boolean isLast = chunk.isLast();
      chunk.release();
      if (isLast) {
        isRead = true;
        kept.complete(bytes.toByteArray());
      }
      if (isLast || discarded > MOST_DISCARDED) {
        ended.complete(null);
      }
    }
  }

  private void take(ByteBuffer part) {
    if (!kept.isDone() && bytes.size() + part.remaining() > limit) {
      kept.completeExceptionally(new TooLarge(limit));
    }
    if (kept.isDone()) {
      discarded += part.remaining();
    } else {
      byte[] more = new byte[part.remaining()];
      part.get(more);
      bytes.writeBytes(more);
    }
  }
}
