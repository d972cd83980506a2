package io.actionscheduler.app.manual;

import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.fire.ProgressKey;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.Run.Status;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.fire.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes fires by hand to the history, several at a time. */
final class ManualRecords {
  private static final int BATCH = 100;

  private final Parts parts;
  private final Consumer<Run> told;
  private final List<Run> held = new ArrayList<>();
  private String problem = "";

  /**
   * @param told receives every run, also those that the settings keep out of the history
   */
  ManualRecords(Parts parts, Consumer<Run> told) {
    this.parts = parts;
    this.told = told;
  }

  void add(ManualDelivery.Result result) {
    boolean failuresOnly = parts.settings().history().failuresOnly();
    for (ManualDelivery.Answer answer : result.answers()) {
      Run run = run(result, answer);
      told.accept(run);
      if (!failuresOnly || !answer.isDelivered()) {
        held.add(run);
      }
    }
    if (held.size() >= BATCH) {
      flush();
    }
  }

  private static Run run(ManualDelivery.Result result, ManualDelivery.Answer answer) {
    return new Run(
        new ProgressKey(result.fire().action().id(), answer.callback()),
        result.fire().action().name(),
        Stretch.of(result.fire().scheduledAt()),
        result.fire().request(),
        result.fire().cause(),
        answer.isDelivered() ? Status.SUCCESS : Status.FAILED,
        Optional.of(answer.startedAt()),
        answer.finishedAt(),
        1,
        0,
        answer.failure().map(CallbackException::getMessage).orElse(""),
        answer.output());
  }

  /** Writes the collected records; if that fails, the fires still count. */
  void flush() {
    try {
      if (!held
          .isEmpty()) { // a store in memory belongs to a scheduler in this process, or is useless
        Store store = parts.store();
        store.addByHand(held);
      }
    } catch (StoreException e) {
      problem = e.getMessage();
    }
    held.clear();
  }

  /** Why something is not in the history; empty when all of it is. */
  Optional<String> problem() {
    return problem.isEmpty() ? Optional.empty() : Optional.of(problem);
  }
}
