package io.actionscheduler.app.manual;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.app.parts.CallbackMaker;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.callback.Report;
import io.actionscheduler.concurrent.Daemons;
import io.actionscheduler.fire.Cause;
import io.actionscheduler.fire.Fire;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The callbacks of one action, opened for deliveries that a person asks for. Does not change
 * progress and does not retry; a running scheduler is not affected.
 */
public final class ManualDelivery implements AutoCloseable {
  /**
   * Most callbacks have a limit of their own, such as an hour for a process; this one is for those
   * that have none.
   */
  private static final Duration LIMIT = Duration.ofHours(24);

  private final Action action;
  private final InstantSource clock;
  private final Map<String, BatchCallback> targets = new LinkedHashMap<>();

  /** Ends started processes on Ctrl-C, which processes in another session do not receive. */
  private final Thread interrupted = new Thread(this::closeTargets, "fire by hand interrupted");

  /** Distinguishes the fires of this command from those of others. */
  private final String request;

  /**
   * The result of a fire at one callback.
   *
   * @param startedAt when it was handed over there
   * @param failure empty when the target has it
   * @param output of the target; empty text when there was none
   */
  public record Answer(
      String callback,
      Instant startedAt,
      Instant finishedAt,
      Optional<CallbackException> failure,
      String output) {
    public boolean isDelivered() {
      return failure.isEmpty();
    }
  }

  /** A fire and its answers, one for each callback of the action. */
  public record Result(Fire fire, List<Answer> answers) {
    public boolean isDelivered() {
      return answers.stream().allMatch(Answer::isDelivered);
    }
  }

  private ManualDelivery(Action action, InstantSource clock, String request) {
    this.request = request;
    this.action = action;
    this.clock = clock;
    Runtime.getRuntime().addShutdownHook(interrupted);
  }

  /** A new id for the fires of one request. */
  public static String newRequest() {
    return UUID.randomUUID().toString().substring(0, 8);
  }

  /**
   * Opens them.
   *
   * @param request distinguishes its fires from others
   * @throws InvalidSetting when a callback cannot be made of its settings; none is open then
   */
  static ManualDelivery of(Parts parts, Action action, String request) throws InvalidSetting {
    requireNonNull(action, "action is null");
    ManualDelivery hand = new ManualDelivery(action, parts.clock(), request);
    try (CallbackMaker maker =
        CallbackMaker.byHand(parts.settings(), parts.clock(), parts.processes())) {
      for (String name : action.policy().callbacks()) {
        hand.targets.put(name, maker.create(parts.settings().callbacks().get(name)));
      }
      return hand;
    } catch (InvalidSetting | RuntimeException e) {
      hand.close();
      throw e;
    }
  }

  /** Delivers one fire at each callback, one after the other, as soon as there is a place. */
  Result deliver(Instant scheduledAt, Cause cause, Places places) throws InterruptedException {
    Fire fire = new Fire(action, scheduledAt, cause, Optional.empty(), request);
    List<Answer> answers = new ArrayList<>(targets.size());
    for (Map.Entry<String, BatchCallback> target : targets.entrySet()) {
      Runnable giveBack = places.take(target.getKey());
      try {
        Instant startedAt = clock.instant();
        Outcome outcome = deliver(target.getValue(), new Delivery(fire, 1, startedAt));
        answers.add(
            new Answer(
                target.getKey(), startedAt, clock.instant(), outcome.failure(), outcome.output()));
      } finally {
        giveBack.run();
      }
    }
    return new Result(fire, answers);
  }

  /**
   * The answer of a callback on a fire.
   *
   * @param failure empty when the target has it
   */
  private record Outcome(Optional<CallbackException> failure, String output) {
    static Outcome unknown(String message, Throwable cause) {
      return new Outcome(Optional.of(CallbackException.refusedUnknown(message, cause)), "");
    }
  }

  private static Outcome deliver(BatchCallback callback, Delivery delivery)
      throws InterruptedException {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Thread thread =
        Daemons.named("fire by hand").newThread(() -> deliver(callback, delivery, outcome));
    thread.start();
    try {
      return outcome.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      return Outcome.unknown("no answer within " + LIMIT.toHours() + " h", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e); // it is completed with an outcome or not at all
    }
  }

  private static void deliver(
      BatchCallback callback, Delivery delivery, CompletableFuture<Outcome> outcome) {
    try {
      callback.deliver(List.of(delivery), new Only(outcome));
      outcome.complete(Outcome.unknown("the callback did not report on it", null));
    } catch (Throwable e) { // a callback of somebody else may throw anything
      outcome.complete(Outcome.unknown(e.toString(), e));
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(interrupted);
    } catch (IllegalStateException e) {
      // The JVM is already ending, and runs the hook now.
    }
    closeTargets();
  }

  private void closeTargets() {
    targets.values().forEach(BatchCallback::close);
  }

  /** Takes the report on the only fire of a batch. */
  private record Only(CompletableFuture<Outcome> outcome) implements Report {
    @Override
    public void delivered(int index) {
      delivered(index, "");
    }

    @Override
    public void delivered(int index, String output) {
      outcome.complete(new Outcome(Optional.empty(), output));
    }

    @Override
    public void failed(int index, CallbackException why) {
      outcome.complete(new Outcome(Optional.of(why), why.output()));
    }
  }
}
