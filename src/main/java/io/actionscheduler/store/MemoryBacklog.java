package io.actionscheduler.store;

import io.actionscheduler.fire.BacklogHold;
import io.actionscheduler.fire.BacklogStore;
import io.actionscheduler.fire.Change;
import io.actionscheduler.fire.DecidedBacklog;
import io.actionscheduler.fire.ProgressKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A backlog store in memory, which lasts as long as the process, with the changes of actions. */
public class MemoryBacklog implements BacklogStore {
  final MemoryRequests requests = new MemoryRequests(); // with the changes of actions

  private final Map<ProgressKey, SortedMap<Instant, DecidedBacklog>> decided = new HashMap<>();
  private Optional<BacklogHold> hold = Optional.empty();

  @Override
  public synchronized void keepHold(Optional<BacklogHold> latest) {
    hold = latest;
  }

  @Override
  public synchronized Optional<BacklogHold> hold() {
    return hold;
  }

  @Override
  public synchronized void keepDecisions(
      Collection<DecidedBacklog> decisions, Collection<Change> changes) {
    for (DecidedBacklog one : decisions) {
      Instant dropped = one.at().minus(DECISIONS_KEPT);
      SortedMap<Instant, DecidedBacklog> others =
          decided.computeIfAbsent(one.key(), key -> new TreeMap<>());
      others.values().removeIf(other -> other.at().isBefore(dropped));
      others.put(one.upTo(), one);
    }
    requests.add(changes);
  }

  @Override
  public synchronized Stamp decisionsStamp() {
    List<DecidedBacklog> all = decisions();
    return new Stamp(
        all.size(),
        all.stream().map(DecidedBacklog::at).max(Comparator.naturalOrder()).orElse(Instant.EPOCH));
  }

  @Override
  public synchronized List<DecidedBacklog> decisions() {
    List<DecidedBacklog> all = new ArrayList<>();
    decided.values().forEach(of -> all.addAll(of.values()));
    return all;
  }
}
