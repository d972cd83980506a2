package io.actionscheduler.engine.record;

import io.actionscheduler.fire.DeadLetter;
import io.actionscheduler.fire.DeadLetterChanges;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.RunningChanges;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes among the running fires and the waiting dead letters that were not handed to the store
 * yet. Confined to the engine's thread.
 */
public final class UnfinishedChanges {
  private final Map<DeadLetter.Id, Optional<DeadLetter>> deadLetters = new LinkedHashMap<>();
  private final Map<RunningChanges.Id, Optional<Run>> running = new LinkedHashMap<>();

  /** {@code letter} waits to be handed over, as it is now. */
  public void keep(DeadLetter letter) {
    deadLetters.put(letter.id(), Optional.of(letter));
  }

  /** The dead letter {@code id} no longer waits. */
  public void forget(DeadLetter.Id id) {
    deadLetters.put(id, Optional.empty());
  }

  /** {@code run} has been with its callback for some time. */
  public void running(Run run) {
    running.put(RunningChanges.Id.of(run), Optional.of(run));
  }

  /** Its callback has finished. */
  public void notRunning(RunningChanges.Id id) {
    running.put(id, Optional.empty());
  }

  boolean isEmpty() {
    return deadLetters.isEmpty() && running.isEmpty();
  }

  DeadLetterChanges takeDeadLetters() {
    if (deadLetters.isEmpty()) {
      return DeadLetterChanges.NONE;
    }
    List<DeadLetter> waiting = new ArrayList<>();
    List<DeadLetter.Id> ended = new ArrayList<>();
    deadLetters.forEach((id, letter) -> letter.ifPresentOrElse(waiting::add, () -> ended.add(id)));
    deadLetters.clear();
    return new DeadLetterChanges(waiting, ended);
  }

  RunningChanges takeRunning() {
    if (running.isEmpty()) {
      return RunningChanges.NONE;
    }
    List<Run> started = new ArrayList<>();
    List<RunningChanges.Id> ended = new ArrayList<>();
    running.forEach((id, run) -> run.ifPresentOrElse(started::add, () -> ended.add(id)));
    running.clear();
    return new RunningChanges(started, ended);
  }
}
