package io.actionscheduler.engine.intake;

import io.actionscheduler.engine.record.Recorder;
import io.actionscheduler.engine.run.ActionProgress;
import io.actionscheduler.engine.run.Backlog;
import io.actionscheduler.engine.run.FirePath;
import io.actionscheduler.engine.run.Settlement;

/** The parts of the engine that {@link Intake} works with. */
public record IntakeParts(
    Actions actions,
    Edits edits,
    FirePath path,
    Settlement settlement,
    Recorder<ActionProgress> recorder,
    Backlog backlog) {}
