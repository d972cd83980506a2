package io.actionscheduler.app;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.callback.Report;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.Fire;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fires an action because a person asks for it: now, once, whether enabled or not. Progress is not
 * touched, nothing is tried again, and a scheduler that runs beside it notices nothing.
 */
public final class FireByHand {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Parts parts;

  /**
   * What became of the fire at one callback.
   *
   * @param failure empty when the target has it
   * @param output of the target; empty text when there was none
   */
  public record Answer(String callback, Optional<CallbackException> failure, String output) {
    public boolean isDelivered() {
      return failure.isEmpty();
    }
  }

  /** The fire and its answers, one for each callback of the action. */
  public record Result(Fire fire, List<Answer> answers) {
    public boolean isDelivered() {
      return answers.stream().allMatch(Answer::isDelivered);
    }
  }

  public FireByHand(Parts parts) {
    this.parts = requireNonNull(parts, "parts is null");
  }

  /**
   * Fires {@code action} at each of its callbacks.
   *
   * @throws InvalidSetting when a callback cannot be made of its settings; nothing was fired then
   */
  public Result fire(Action action) throws InvalidSetting, InterruptedException {
    try (Callbacks callbacks = Callbacks.of(parts.settings(), parts.clock(), new Exit())) {
      return fire(action, callbacks);
    }
  }

  private Result fire(Action action, Callbacks callbacks)
      throws InvalidSetting, InterruptedException {
    List<BatchCallback> targets = new ArrayList<>();
    try {
      for (String name : action.policy().callbacks()) {
        targets.add(callbacks.create(parts.settings().callbacks().get(name)));
      }
      Instant now = parts.clock().instant();
      Fire fire =
          new Fire(
              action,
              now.truncatedTo(ChronoUnit.MILLIS),
              Cause.MANUAL,
              Optional.empty(),
              UUID.randomUUID().toString().substring(0, 8));
      List<Answer> answers = new ArrayList<>();
      for (int i = 0; i < targets.size(); i++) {
        String name = action.policy().callbacks().get(i);
        answers.add(deliver(name, targets.get(i), new Delivery(fire, 1, now)));
      }
      return new Result(fire, answers);
    } finally {
      targets.forEach(BatchCallback::close);
    }
  }

  private static Answer deliver(String name, BatchCallback callback, Delivery delivery)
      throws InterruptedException {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    Thread thread = new Thread(() -> deliver(name, callback, delivery, answer), "fire by hand");
    thread.setDaemon(true);
    thread.start();
    try {
      return answer.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      return unknown(name, "no answer within " + LIMIT.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // only ever completed with an answer
    }
  }

  private static void deliver(
      String name, BatchCallback callback, Delivery delivery, CompletableFuture<Answer> answer) {
    try {
      callback.deliver(List.of(delivery), new Only(name, answer));
      answer.complete(unknown(name, "the callback did not report on it", null));
    } catch (InterruptedException | RuntimeException | LinkageError e) {
      answer.complete(unknown(name, e.toString(), e));
    }
  }

  private static Answer unknown(String name, String message, Throwable cause) {
    return new Answer(name, Optional.of(CallbackException.refusedUnknown(message, cause)), "");
  }

  /** What is told of the only fire of a batch. */
  private record Only(String name, CompletableFuture<Answer> answer) implements Report {
    @Override
    public void delivered(int index) {
      delivered(index, "");
    }

    @Override
    public void delivered(int index, String output) {
      answer.complete(new Answer(name, Optional.empty(), output));
    }

    @Override
    public void failed(int index, CallbackException why) {
      answer.complete(new Answer(name, Optional.of(why), why.output()));
    }
  }
}
