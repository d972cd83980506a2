package io.actionscheduler.source;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.Policy;
import io.actionscheduler.schedule.Timing;
import io.actionscheduler.text.CronReader;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;

/**
 * Makes actions from rows. Actions share equal values, also with those of earlier reads. For one
 * thread at a time.
 */
public final class RowReader {
  private static final int LONGEST_KEPT = 2_000;

  private final TimingReader timings;
  private final PolicyReader policies;
  private final Phases phases;
  private final Recent<String, Parameters> parameters = new Recent<>();
  private final SharedStrings strings = new SharedStrings();

  /** Parameters, or what is wrong with their text; the other one is null. */
  private record Parameters(Map<String, Object> values, InvalidRow fault) {}

  public RowReader(CronReader crons, RowDefaults defaults) {
    this(crons, defaults, Phases.NONE);
  }

  /**
   * @param phases of intervals whose rows name no start
   */
  public RowReader(CronReader crons, RowDefaults defaults, Phases phases) {
    this.timings = new TimingReader(crons, defaults.zone());
    this.policies = new PolicyReader(defaults);
    this.phases = requireNonNull(phases, "phases is null");
  }

  /** The callbacks and calendars that rows may name now. */
  public KnownNames.Names names() {
    return policies.known();
  }

  /**
   * The action of a row.
   *
   * @throws InvalidRow when the row cannot be understood
   */
  public Action read(ActionRow row) throws InvalidRow {
    String id = row.raw(Column.ID);
    if (id == null) {
      throw InvalidRow.of(Column.ID, null, Column.ID.allowed());
    }
    long number =
        Values.whole(id).orElseThrow(() -> InvalidRow.of(Column.ID, id, Column.ID.allowed()));
    return read(ActionId.of(number), row, null);
  }

  /**
   * The action of a row without an id, with the id 0.
   *
   * @throws InvalidRow when it cannot be understood
   */
  public Action readNew(ActionRow row) throws InvalidRow {
    return read(ActionId.of(0), row, null);
  }

  /**
   * Checks a row, with an id or without one, before it is written.
   *
   * @throws InvalidRow when it cannot be understood; its message names the row
   */
  void check(ActionRow row) throws InvalidRow {
    try {
      if (row.get(Column.ID).isPresent()) {
        read(row);
      } else {
        readNew(row);
      }
    } catch (InvalidRow e) {
      throw e.in(row);
    }
  }

  /**
   * The action that a row stands for.
   *
   * @param last the action when it was read before, or null; given back when nothing changed
   * @throws InvalidRow when a value is missing or cannot be used; the message names row, column and
   *     remedy
   */
  public Action read(ActionId id, ActionRow row, Action last) throws InvalidRow {
    if (row.fault().isPresent()) {
      throw row.fault().get();
    }
    String command = row.raw(Column.COMMAND);
    if (command == null) {
      throw InvalidRow.of(Column.COMMAND, null, "a command is required; empty text is one");
    }
    // A name is for people: an action without one fires as well.
    String name = row.raw(Column.NAME) == null ? "" : row.raw(Column.NAME);
    Timing timing = timing(id, row, last == null ? null : last.timing());
    Policy policy = policies.read(row);
    Map<String, Object> values = parameters(row.raw(Column.PARAMETERS));
    if (last != null
        && name.equals(last.name())
        && command.equals(last.command())
        && timing == last.timing()
        && (policy == last.policy() || policy.equals(last.policy()))
        && values.equals(last.parameters())) {
      return last;
    }
    return new Action(
        last == null ? id : last.id(),
        strings.shared(name),
        strings.shared(command),
        timing,
        policy,
        values);
  }

  private Timing timing(ActionId id, ActionRow row, Timing last) throws InvalidRow {
    Timing timing = timings.read(row, last);
    Instant fire = phases.fires().get(id);
    return fire == null ? timing : timings.through(fire, timing, last);
  }

  /** Called after each read. */
  public void settle() {
    timings.settle();
    policies.settle();
    parameters.settle();
  }

  private Map<String, Object> parameters(String text) throws InvalidRow {
    if (text == null) {
      return Map.of();
    }
    Parameters found =
        text.length() > LONGEST_KEPT ? parse(text) : parameters.get(text, RowReader::parse);
    if (found.fault() != null) {
      throw found.fault();
    }
    return found.values();
  }

  private static Parameters parse(String text) {
    try {
      Map<String, Object> values = Values.object(Column.PARAMETERS, text);
      return new Parameters(
          values.isEmpty() ? Map.of() : Collections.unmodifiableMap(values), null);
    } catch (InvalidRow e) {
      return new Parameters(null, e);
    }
  }
}
