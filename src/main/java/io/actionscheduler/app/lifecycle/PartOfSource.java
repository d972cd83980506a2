package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.Action;
import io.actionscheduler.action.ActionId;
import io.actionscheduler.action.ActionSource;
import io.actionscheduler.action.Rejection;
import io.actionscheduler.action.Snapshot;
import io.actionscheduler.action.SourceException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Predicate;

/** The actions of a source that belong to this process; other processes have the others. */
final class PartOfSource implements ActionSource {
  private final ActionSource source;
  private final Predicate<ActionId> part;
  private Snapshot whole; // null before it is read
  private Snapshot given; // the part of it

  PartOfSource(ActionSource source, Predicate<ActionId> part) {
    this.source = requireNonNull(source, "source is null");
    this.part = requireNonNull(part, "part is null");
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public Optional<Snapshot> poll(Snapshot last, Instant now) throws SourceException {
    boolean known = last == given && whole != null;
    Optional<Snapshot> changed = source.poll(known ? whole : last, now);
    return changed.map(this::part);
  }

  @Override
  public Optional<Snapshot> look(Snapshot last, SortedSet<ActionId> ids) throws SourceException {
    return last == given && whole != null
        ? source.look(whole, ids).map(this::part)
        : Optional.empty();
  }

  private Snapshot part(Snapshot read) {
    whole = read;
    given = belongsHere(read) ? read : filtered(read); // as a rule, only these rows were read
    return given;
  }

  private boolean belongsHere(Snapshot read) {
    return read.actions().stream().allMatch(one -> part.test(one.id()))
        && read.rejections().stream().allMatch(one -> part.test(one.id()));
  }

  private Snapshot filtered(Snapshot read) {
    List<Action> actions = read.actions().stream().filter(one -> part.test(one.id())).toList();
    List<Rejection> rejections =
        read.rejections().stream().filter(one -> part.test(one.id())).toList();
    return new Snapshot(actions, rejections, read.readAt());
  }

  @Override
  public void close() {
    source.close();
  }
}
