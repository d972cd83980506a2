package io.actionscheduler.app.view;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.DeadLetter;
import io.actionscheduler.fire.DeadLetterStore;
import io.actionscheduler.fire.IdScope;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.text.IsoTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Dead letters that wait, in the form that commands print. */
public final class DeadLetterForm {
  private DeadLetterForm() {}

  /**
   * The dead letters of the actions that {@code wanted} accepts, in the order of actions and times.
   *
   * @throws StoreException when the store cannot be read
   */
  public static List<DeadLetter> read(DeadLetterStore store, Predicate<ActionId> wanted)
      throws StoreException {
    List<DeadLetter> all = new ArrayList<>();
    store.readDeadLetters(
        IdScope.ALL,
        letter -> {
          if (wanted.test(letter.key().action())) {
            all.add(letter);
          }
        });
    return all;
  }

  /**
   * As a JSON object.
   *
   * @param waitsFor the callback that it is to be handed to; empty where the settings name none
   */
  public static Map<String, Object> of(DeadLetter letter, Optional<String> waitsFor, ZoneId zone) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("id", letter.key().action().text());
    item.put("callback", letter.key().callback());
    item.put("dead_letter", true);
    item.put("scheduled_time", IsoTime.text(letter.fire().scheduledAt(), zone));
    item.put("waits_for", waitsFor.orElse(null));
    item.put("attempts", letter.fire().attempts());
    item.put("error", letter.fire().error());
    return item;
  }

  /** Its state in words: which callback it waits for, and why it failed. */
  public static String state(DeadLetter letter, Optional<String> waitsFor) {
    return "dead letter, waits for "
        + waitsFor.map(name -> "callback " + name).orElse("the next start: no callback takes it")
        + "; failed at attempt "
        + letter.fire().attempts()
        + ": "
        + letter.fire().error();
  }
}
