package io.actionscheduler.http;

/** Answers the requests of one route; called by several threads at once. */
@FunctionalInterface
public interface Handler {
  /**
   * The answer to one request; this may wait.
   *
   * @throws Problem in place of an answer: its status, and what the client may know of the fault
   * @throws InterruptedException when the server stops meanwhile
   */
  Answer answer(Call call) throws Problem, InterruptedException;
}
