package io.actionscheduler.engine;

import io.actionscheduler.engine.clock.EngineLoop;
import io.actionscheduler.engine.intake.Intake;
import io.actionscheduler.engine.run.Callbacks;
import io.actionscheduler.engine.run.FirePath;
import io.actionscheduler.engine.run.Firing;
import io.actionscheduler.engine.target.NamedCallback;
import io.actionscheduler.engine.target.NamedCallbackSettings;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the callbacks of a running engine change: each change is one step of it, and completes what
 * it gives back on the engine's thread. Thread-safe.
 */
public final class CallbackChanges {
  private static final Logger LOG = LoggerFactory.getLogger(CallbackChanges.class);

  private final EngineLoop loop;
  private final Callbacks callbacks;
  private final FirePath path;
  private final Intake intake;
  private final Users users;
  private final UnaryOperator<NamedCallbackSettings> owned;

  /**
   * @param owned gives the same callback, which delivers only while this process may do so
   */
  CallbackChanges(
      EngineLoop loop,
      Callbacks callbacks,
      FirePath path,
      Intake intake,
      Users users,
      UnaryOperator<NamedCallbackSettings> owned) {
    this.loop = loop;
    this.callbacks = callbacks;
    this.path = path;
    this.intake = intake;
    this.users = users;
    this.owned = owned;
  }

  /** Makes a callback of the start, before anything fires. */
  void begin(NamedCallbackSettings one) {
    callbacks.add(named(owned.apply(one)));
  }

  /** Adds a callback; actions of the start that could not fire without it continue. */
  public CompletableFuture<Void> add(NamedCallbackSettings added) {
    return loop.ask(
        now -> {
          put(added, now);
          intake.callbacksAdded(loop, now);
          return null;
        });
  }

  private void put(NamedCallbackSettings added, Instant now) {
    NamedCallbackSettings next = owned.apply(added);
    Optional<NamedCallback<Firing>> before = callbacks.find(added.name()); // retired
    if (before.isPresent()) {
      before.get().replace(next, now);
      callbacks.use(added.name());
    } else {
      callbacks.add(named(next));
    }
  }

  private NamedCallback<Firing> named(NamedCallbackSettings one) {
    return new NamedCallback<>(one, loop, callback -> path.pump(callback, loop.now()));
  }

  /**
   * Hands the fires of a callback to another one of its name; what is under way ends where it is.
   *
   * @return completes when that is so, with what completes once the one before has no call left
   */
  public CompletableFuture<CompletableFuture<Void>> replace(NamedCallbackSettings next) {
    return loop.ask(now -> callbacks.named(next.name()).replace(owned.apply(next), now));
  }

  /**
   * Hands a callback no more fires; what is under way ends. Rows may have begun to name it since
   * {@link #usersOf} was asked: their fires wait.
   *
   * @return completes when that is so, with what completes once it has no call left
   */
  public CompletableFuture<CompletableFuture<Void>> retire(String name) {
    return loop.ask(
        now -> {
          users
              .ofCallback(name)
              .ifPresent(
                  who ->
                      LOG.warn(
                          "callback {}: removed, but now used by {}; fires for it wait until the settings"
                              + " have it again or the rows name another one",
                          name,
                          who));
          return callbacks.retire(name);
        });
  }

  /** What uses that callback, for a message; empty for nothing. */
  public CompletableFuture<Optional<String>> usersOf(String callback) {
    return loop.ask(now -> users.ofCallback(callback));
  }

  /** What follows that calendar, for a message; empty for nothing. */
  public CompletableFuture<Optional<String>> followersOf(String calendar) {
    return loop.ask(now -> users.ofCalendar(calendar));
  }
}
