package io.actionscheduler.api;

import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.events.Event;
import io.actionscheduler.events.Webhooks;
import io.actionscheduler.fire.Run;
import io.actionscheduler.fire.RunListener;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sends runs that ended to the receivers of the settings. */
final class RunEvents implements RunListener {
  private final Webhooks webhooks;
  private final ActiveActions actions;

  RunEvents(Running running, Webhooks webhooks) {
    this.webhooks = webhooks;
    this.actions = new ActiveActions(running);
  }

  @Override
  public void ended(Run run) {
    if (webhooks.isEmpty()) {
      return;
    }
    Run brief = run.withoutOutput(); // 10,000 may wait, each with 64 KiB
    webhooks.tell(new Event(id(run), run.status(), run.key().callback(), () -> body(brief)));
  }

  private static Map<String, Object> body(Run run) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "run." + run.status());
    body.put("timestamp", JobView.utc(run.finishedAt()));
    body.put("data", RunView.brief(run));
    return body;
  }

  /**
   * The id of the fire. A fire may end at several callbacks; receivers drop what has an id that
   * they know, so all but the first of them add their name.
   */
  private String id(Run run) {
    String callback = run.key().callback();
    boolean isFirst =
        actions
            .find(run.key().action())
            .map(action -> action.policy().callbacks().get(0).equals(callback))
            .orElse(true);
    return isFirst ? run.fireId().toString() : run.fireId() + "/" + callback;
  }
}
