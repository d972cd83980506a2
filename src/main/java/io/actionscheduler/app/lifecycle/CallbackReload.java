package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.app.parts.ConfiguredCallbacks;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.config.InvalidConfig;
import io.actionscheduler.config.Problem;
import io.actionscheduler.config.Settings;
import io.actionscheduler.engine.Engine;
import io.actionscheduler.engine.target.NamedCallbackSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/** Puts callbacks with new settings in the place of those that a running engine has. */
final class CallbackReload implements Reloads.Target {
  private final Engine engine;
  private final Parts parts;
  private final ConfiguredCallbacks outlets;

  CallbackReload(Engine engine, Parts parts, ConfiguredCallbacks outlets) {
    this.engine = requireNonNull(engine, "engine is null");
    this.parts = requireNonNull(parts, "parts is null");
    this.outlets = requireNonNull(outlets, "outlets is null");
  }

  @Override
  public void take(Settings settings, Set<String> callbacks)
      throws InvalidConfig, InterruptedException {
    List<NamedCallbackSettings> made =
        callbacks.isEmpty() ? List.of() : outlets.remade(settings, callbacks);
    refuseThoseThatRemember(made);
    parts.use(settings); // fires by hand make callbacks of their own
    for (NamedCallbackSettings next : made) {
      try {
        outlets.replace(next, engine.replace(next).get());
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
    outlets.warmUp();
  }

  /**
   * A target that remembers fires is asked for them only before the first fire, so such a callback
   * cannot be replaced while the engine runs.
   */
  private void refuseThoseThatRemember(List<NamedCallbackSettings> made) throws InvalidConfig {
    List<Problem> problems = new ArrayList<>();
    for (NamedCallbackSettings one : made) {
      if (one.callback().remembers() || outlets.remembers(one.name())) {
        problems.add(
            new Problem(
                "callback " + one.name(),
                "exactly_once",
                "a callback that delivers exactly once changes at a start only; restart the"
                    + " scheduler"));
      }
    }
    if (!problems.isEmpty()) {
      made.forEach(one -> one.callback().close());
      throw new InvalidConfig(problems);
    }
  }
}
