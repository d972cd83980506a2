package io.actionscheduler.store;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.Change;
import io.actionscheduler.fire.KeptAnswer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Changes and answers, stored until the process ends. */
final class MemoryRequests {
  private static final int MOST = 10_000;

  private final Deque<Change> changes = new ArrayDeque<>();
  private final Map<String, KeptAnswer> answers = new LinkedHashMap<>();
  private long last;

  synchronized void add(Collection<Change> more) {
    for (Change change : more) {
      changes.addLast(
          new Change(
              ++last,
              change.action(),
              change.at(),
              change.kind(),
              change.editor(),
              change.via(),
              change.request(),
              change.before(),
              change.after()));
      if (changes.size() > MOST) {
        changes.removeFirst();
      }
    }
  }

  synchronized List<Change> changes(Optional<ActionId> action, long before, int most) {
    List<Change> latest = new ArrayList<>();
    for (Iterator<Change> each = changes.descendingIterator(); each.hasNext(); ) {
      Change change = each.next();
      if (latest.size() < most
          && change.number() < before
          && action.map(change.action()::equals).orElse(true)) {
        latest.add(change);
      }
    }
    return latest;
  }

  synchronized Optional<KeptAnswer> answer(String client, String key, Instant since) {
    return Optional.ofNullable(answers.get(place(client, key)))
        .filter(kept -> !kept.answeredAt().isBefore(since));
  }

  synchronized void keep(KeptAnswer answer, Instant dropped) {
    answers.values().removeIf(kept -> kept.answeredAt().isBefore(dropped));
    answers.put(place(answer.client(), answer.key()), answer);
    if (answers.size() > MOST) {
      answers.remove(answers.keySet().iterator().next());
    }
  }

  synchronized void drop(String client, String key) {
    answers.remove(place(client, key));
  }

  private static String place(String client, String key) {
    return client.length() + ":" + client + key;
  }
}
