package io.actionscheduler.engine.intake;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.engine.run.ActionProgress;
import io.actionscheduler.engine.run.Callbacks;
import io.actionscheduler.fire.DeadLetter;
import io.actionscheduler.fire.DecidedBacklog;
import io.actionscheduler.fire.Progress;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The actions that a source begins with, together with their stored progress. It is read on the
 * thread of the source, however long that takes, and applied on the engine's thread in small steps.
 * Decides nothing: stored progress that matches its row continues as it is, the rest is left to
 * {@link Resumption}.
 */
public final class StoredStart {
  private final SourceStart start;
  private final List<ActionProgress> chains;
  private final Map<ActionProgress, Progress> changed = new IdentityHashMap<>();
  private final Map<ActionId, List<Progress>> unmatched = new HashMap<>();
  private final Map<ActionId, List<DeadLetter>> deadLetters = new HashMap<>();
  private final Map<ProgressKey, List<DecidedBacklog>> decisions = new HashMap<>();
  private final List<Action> withoutCallback = new ArrayList<>();
  private boolean isOfStart;

  private StoredStart(SourceStart start, Callbacks callbacks) {
    this.start = start;
    this.chains = new ArrayList<>(start.actions().size());
    for (Action action : start.actions()) {
      if (callbacks.has(action.policy().callbacks())) {
        chains.add(Actions.chain(action));
      } else {
        withoutCallback.add(action);
      }
    }
  }

  /**
   * Reads what is stored; does not use the engine.
   *
   * @throws StoreException when the store cannot be read
   */
  public static StoredStart read(SourceStart start, Callbacks callbacks, Store store)
      throws StoreException {
    StoredStart read = new StoredStart(start, callbacks);
    Map<ActionId, ActionProgress> byId = read.byId();
    store.readProgress(start.ids(), kept -> read.match(kept, byId));
    store.readDeadLetters(start.ids(), read::add);
    for (DecidedBacklog one : store.decisions()) {
      read.decisions.computeIfAbsent(one.key(), key -> new ArrayList<>(1)).add(one);
    }
    read.isOfStart = true;
    return read;
  }

  /** The same with what was read already. */
  static StoredStart of(
      SourceStart start, Callbacks callbacks, List<WithoutCallback.Stored> stored) {
    StoredStart read = new StoredStart(start, callbacks);
    Map<ActionId, ActionProgress> byId = read.byId();
    for (WithoutCallback.Stored one : stored) {
      one.progress().forEach(kept -> read.match(kept, byId));
      one.letters().forEach(read::add);
    }
    return read;
  }

  private Map<ActionId, ActionProgress> byId() {
    Map<ActionId, ActionProgress> byId = new HashMap<>(chains.size() * 4 / 3 + 1);
    chains.forEach(chain -> byId.put(chain.action().id(), chain));
    return byId;
  }

  private void match(Progress kept, Map<ActionId, ActionProgress> byId) {
    ActionProgress progress = byId.get(kept.key().action());
    while (progress != null && !progress.callback().equals(kept.key().callback())) {
      progress = progress.sibling();
    }
    if (progress == null) {
      unmatched.computeIfAbsent(kept.key().action(), id -> new ArrayList<>(1)).add(kept);
    } else if (isAsStored(progress, kept)) {
      progress.resume(kept);
      progress.activate();
    } else {
      changed.put(progress, kept);
    }
  }

  private static boolean isAsStored(ActionProgress progress, Progress kept) {
    return progress.action().timing().isStoredAs(kept.cron(), kept.zone())
        && !kept.paused()
        && !progress.isPaused()
        && kept.open().isEmpty();
  }

  /**
   * What operators decided of missed fires under {@code key}, in the order of the fires; empty
   * where this is no start: then nothing is held.
   */
  Optional<List<DecidedBacklog>> decisions(ProgressKey key) {
    return isOfStart ? Optional.of(decisions.getOrDefault(key, List.of())) : Optional.empty();
  }

  private void add(DeadLetter letter) {
    deadLetters.computeIfAbsent(letter.key().action(), id -> new ArrayList<>(1)).add(letter);
  }

  SourceStart start() {
    return start;
  }

  /** The first progress of every action whose callbacks are in the settings; siblings follow it. */
  List<ActionProgress> chains() {
    return chains;
  }

  /** Actions of which a callback is not in the settings. */
  List<Action> withoutCallback() {
    return withoutCallback;
  }

  /** Removes and gives the stored form of {@code progress} that does not match its row, or null. */
  Progress takeChanged(ActionProgress progress) {
    return changed.remove(progress);
  }

  /** Progress at callbacks that its action does not name; the caller removes what it takes over. */
  List<Progress> unmatched(ActionId id) {
    return unmatched.getOrDefault(id, List.of());
  }

  /** Removes and gives them. */
  List<Progress> takeUnmatched(ActionId id) {
    List<Progress> taken = unmatched.remove(id);
    return taken == null ? List.of() : taken;
  }

  Map<ActionId, List<Progress>> allUnmatched() {
    return unmatched;
  }

  /** Removes and gives the dead letters of {@code id}. */
  List<DeadLetter> takeDeadLetters(ActionId id) {
    List<DeadLetter> taken = deadLetters.remove(id);
    return taken == null ? List.of() : taken;
  }

  Map<ActionId, List<DeadLetter>> allDeadLetters() {
    return deadLetters;
  }
}
