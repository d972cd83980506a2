package io.actionscheduler.engine;

import io.actionscheduler.action.Action;
import java.time.Instant;

/** An action and its next scheduled time. */
public record Upcoming(Action action, Instant nextAt) {}
