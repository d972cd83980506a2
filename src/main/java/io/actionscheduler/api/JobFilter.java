package io.actionscheduler.api;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;
import io.actionscheduler.app.view.ActionSearch;
import io.actionscheduler.app.view.ActionView.State;
import io.actionscheduler.http.Call;
import io.actionscheduler.source.RowQuery;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What jobs must have to be listed, or to be changed together. Blank texts ask for nothing.
 *
 * @param callback of the job, the default included
 * @param text in name or command, in any letter case
 * @param schedule a part of it, in any letter case
 */
record JobFilter(
    Optional<String> owner,
    Optional<String> callback,
    Optional<String> text,
    Optional<String> schedule,
    Optional<State> state) {
  JobFilter {
    requireNonNull(owner, "owner is null");
    requireNonNull(callback, "callback is null");
    text = text.filter(one -> !one.isBlank());
    schedule = schedule.filter(one -> !one.isBlank());
    requireNonNull(state, "state is null");
  }

  /** That of the parameters of a list. */
  static JobFilter of(Call call) {
    return new JobFilter(
        call.text("owner_id"),
        call.text("callback"),
        call.text("q"),
        call.text("schedule"),
        call.text("status").map(JobFilter::state));
  }

  /** That of a body which the schema has checked. */
  static JobFilter of(Map<String, Object> body) {
    return new JobFilter(
        named(body, "owner_id"),
        named(body, "callback"),
        named(body, "q"),
        named(body, "schedule"),
        named(body, "status").map(JobFilter::state));
  }

  private static Optional<String> named(Map<String, Object> body, String name) {
    return Optional.ofNullable((String) body.get(name));
  }

  private static State state(String word) {
    return State.valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** Whether it asks for what no column of the table has. */
  boolean asksMoreThanTable() {
    return state.isPresent() || schedule.isPresent() || isBeyondAscii();
  }

  boolean wantsRejected() {
    return state.filter(State.REJECTED::equals).isPresent();
  }

  /** Whether it filters by columns that rejected rows have as well; the table compares those. */
  boolean asksOfRows() {
    return owner.isPresent() || callback.isPresent() || text.isPresent();
  }

  /** Databases know the upper and lower case of ASCII letters alone, each by its settings. */
  boolean isBeyondAscii() {
    return text.isPresent() && text.get().chars().anyMatch(letter -> letter > 127);
  }

  /**
   * What the database can compare.
   *
   * @param usual the callback of rows that name none
   */
  RowQuery.Conditions conditions(String usual) {
    return new RowQuery.Conditions(
        owner, Optional.empty(), callback, usual, isBeyondAscii() ? Optional.empty() : text);
  }

  /**
   * The search in memory.
   *
   * @param among the ids of the owner's jobs, which memory does not know; empty for all
   */
  ActionSearch search(Optional<Set<ActionId>> among) {
    return new ActionSearch(text, schedule, callback, state, among);
  }
}
