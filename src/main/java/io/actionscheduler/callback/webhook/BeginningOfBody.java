package io.actionscheduler.callback.webhook;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.common.KeptOutput;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Reads the beginning of an answer's body and closes the connection. */
final class BeginningOfBody implements HttpResponse.BodySubscriber<String> {
  private final KeptOutput kept = KeptOutput.ofBeginning();
  private final CompletableFuture<String> body = new CompletableFuture<>();
  private final HttpResponse.ResponseInfo head;
  private Flow.Subscription subscription;

  BeginningOfBody(HttpResponse.ResponseInfo head) {
    this.head = requireNonNull(head, "head is null");
  }

  /** The answer so far: its body may never end, or may have been cut off. */
  Reply soFar(URI from) {
    Map<String, String> headers = new HashMap<>();
    head.headers().map().forEach((name, values) -> headers.putIfAbsent(name, values.get(0)));
    return new Reply(from, head.statusCode(), headers, kept.text());
  }

  @Override
  public CompletionStage<String> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription to) {
    subscription = to;
    to.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (ByteBuffer buffer : buffers) {
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      kept.add(bytes, 0, bytes.length);
    }
    if (kept.isCut() && !body.isDone()) {
      subscription.cancel();
      onComplete();
    }
  }

  @Override
  public void onError(Throwable e) {
    body.completeExceptionally(e);
  }

  @Override
  public void onComplete() {
    body.complete(kept.text());
  }
}
