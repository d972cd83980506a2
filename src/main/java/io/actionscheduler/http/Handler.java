package io.actionscheduler.http;

/** Answers the requests of one route; called by several threads at once. */
@FunctionalInterface
public interface Handler {
  Answer answer(Call call) throws Problem, InterruptedException;
}
