package io.actionscheduler.app.view;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.fire.Discrepancy;
import io.actionscheduler.fire.Verdict;
import io.actionscheduler.fire.Verified;
import io.actionscheduler.text.IsoTime;
import io.actionscheduler.verify.Counts;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/** The result of a verification as JSON objects: what {@code verify --json} prints. */
public final class VerificationForm {
  private VerificationForm() {}

  /** The sums and what is lost or doubled. */
  public static Map<String, Object> of(Verified verified, ZoneId zone) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("verified_at", IsoTime.text(verified.at(), zone));
    form.put("from", IsoTime.text(verified.from(), zone));
    form.put("to", IsoTime.text(verified.to(), zone));
    form.put("time_zone_data", verified.zoneData());
    form.put("counts", words(verified.counts()));
    form.put("discrepancies", verified.named().stream().map(found -> item(found, zone)).toList());
    return form;
  }

  /** The counts of one action. */
  public static Map<String, Object> of(ActionId id, Counts counts) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("id", id.text());
    item.put("counts", words(counts.byVerdict()));
    return item;
  }

  private static Map<String, Object> item(Discrepancy found, ZoneId zone) {
    Map<String, Object> item = new LinkedHashMap<>();
    item.put("action", found.key().action().text());
    item.put("callback", found.key().callback());
    item.put("fault", found.verdict().toString());
    item.put("count", found.fires().count());
    item.put("first", IsoTime.text(found.fires().first(), zone));
    item.put("last", IsoTime.text(found.fires().last(), zone));
    return item;
  }

  private static Map<String, Object> words(Map<Verdict, Long> counts) {
    Map<String, Object> words = new LinkedHashMap<>();
    counts.forEach((verdict, count) -> words.put(verdict.toString(), count));
    return words;
  }
}
