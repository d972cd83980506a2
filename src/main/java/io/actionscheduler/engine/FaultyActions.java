package io.actionscheduler.engine;

import io.actionscheduler.engine.clock.Timetable;
import io.actionscheduler.engine.run.ActionProgress;
import io.actionscheduler.fire.ContradictorySchedule;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Actions whose schedules contradict themselves leave the timetable at the end of the present step,
 * so that it does not change under whoever walks through it. Confined to the engine's thread.
 */
final class FaultyActions {
  private static final Logger LOG = LoggerFactory.getLogger(FaultyActions.class);

  private final List<ActionProgress> found = new ArrayList<>();

  void add(ActionProgress progress, ContradictorySchedule why) {
    LOG.atError()
        .addKeyValue("action", progress.action().id())
        .log(
            "{}: {}; it is rejected, and fires again once its row has another schedule; the others"
                + " continue",
            progress.action().label(),
            why.getMessage());
    found.add(progress);
  }

  void leave(Timetable<ActionProgress> timetable) {
    found.forEach(timetable::remove);
    found.clear();
  }
}
