package io.actionscheduler.store;

import io.actionscheduler.fire.DeadLetter;
import io.actionscheduler.fire.IdScope;
import io.actionscheduler.fire.Recording;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.RunningChanges;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Running fires and waiting dead letters, in memory. Safe for use by several threads. */
final class UnfinishedFires {
  private final Map<DeadLetter.Id, DeadLetter> deadLetters = new HashMap<>();
  private final Map<RunningChanges.Id, Run> running = new LinkedHashMap<>();

  synchronized void take(Recording recording) {
    recording.running().ended().forEach(running::remove);
    recording.running().started().forEach(run -> running.put(RunningChanges.Id.of(run), run));
    recording.deadLetters().ended().forEach(deadLetters::remove);
    recording.deadLetters().waiting().forEach(letter -> deadLetters.put(letter.id(), letter));
  }

  /** Removes the running fires: a new owner begins with none. */
  synchronized void clearRunning() {
    running.clear();
  }

  synchronized List<Run> running() {
    return List.copyOf(running.values());
  }

  synchronized List<DeadLetter> deadLetters(IdScope ids) {
    return deadLetters.values().stream()
        .filter(letter -> ids.contains(letter.key().action()))
        .sorted(
            Comparator.comparing((DeadLetter letter) -> letter.key().action())
                .thenComparing(letter -> letter.fire().scheduledAt()))
        .toList();
  }
}
