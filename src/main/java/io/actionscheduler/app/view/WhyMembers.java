package io.actionscheduler.app.view;

import io.actionscheduler.app.view.WhyEvidence.Outage;
import io.actionscheduler.fire.Change;
import io.actionscheduler.fire.HistoryStore.Entry;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.text.IsoTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What stands in an answer to {@link WhyNot} beside the verdict, where it is known. */
final class WhyMembers {
  private WhyMembers() {}

  static void addOutage(Map<String, Object> answer, Optional<Outage> outage) {
    outage.ifPresent(
        found -> {
          Map<String, Object> times = new LinkedHashMap<>();
          times.put("from", IsoTime.utc(found.from()));
          times.put("to", IsoTime.utc(found.to()));
          answer.put("outage", times);
          answer.compute(
              "words",
              (member, words) ->
                  words
                      + ": the scheduler was not running from "
                      + found.from()
                      + " to "
                      + found.to());
        });
  }

  static Instant started(Optional<Entry> run, Instant otherwise) {
    return run.flatMap(entry -> entry.run().startedAt()).orElse(otherwise);
  }

  /** The outage of the target while the fire waited for it. */
  static void addTarget(Map<String, Object> answer, WhyEvidence evidence, Instant from, Instant to)
      throws StoreException {
    evidence
        .targetOutage(from, to)
        .ifPresent(
            found -> {
              Map<String, Object> target = new LinkedHashMap<>();
              target.put("from", IsoTime.utc(found.outage().since()));
              target.put("to", found.endedAt().map(IsoTime::utc).orElse(null));
              target.put("reason", found.outage().reason());
              answer.put("target_outage", target);
              String end = found.endedAt().map(at -> " to " + at).orElse(" until now");
              answer.compute(
                  "words",
                  (member, words) ->
                      words
                          + ": the target was unavailable from "
                          + found.outage().since()
                          + end
                          + ": "
                          + found.outage().reason());
            });
  }

  /** What the record of a fire without an attempt says of why there was none. */
  static void addReason(Map<String, Object> answer, Optional<Entry> entry) {
    entry
        .map(found -> found.run().error().isEmpty() ? found.run().output() : found.run().error())
        .filter(reason -> !reason.isEmpty())
        .ifPresent(reason -> answer.put("reason", reason));
  }

  static void addRun(Map<String, Object> answer, String member, Optional<Entry> entry) {
    entry.ifPresent(
        found -> {
          Map<String, Object> run = new LinkedHashMap<>();
          run.put("id", found.number());
          run.put("status", found.run().status().toString());
          run.put("scheduled_at", IsoTime.utc(found.run().fires().first()));
          run.put("started_at", found.run().startedAt().map(IsoTime::utc).orElse(null));
          run.put("finished_at", IsoTime.utc(found.run().finishedAt()));
          run.put("error", found.run().error().isEmpty() ? null : found.run().error());
          answer.put(member, run);
        });
  }

  /** A change that may be what is behind it. */
  static void addChange(Map<String, Object> answer, Optional<Change> change) {
    change.ifPresent(
        found -> {
          Map<String, Object> edit = new LinkedHashMap<>();
          edit.put("id", found.number());
          edit.put("at", IsoTime.utc(found.at()));
          edit.put("kind", found.kind().toString());
          edit.put("editor", found.editor());
          edit.put("via", found.via().toString());
          answer.put("change", edit);
        });
  }
}
