package io.actionscheduler.fire;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.ActionId;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A set of action ids: those of one source, or all except those of other sources.
 *
 * @param source the source whose ids are meant; they begin with its name and a colon. Empty: all
 * @param without sources whose ids are not meant
 * @param among which of these ids are meant
 */
public record IdScope(Optional<String> source, Set<String> without, Predicate<ActionId> among) {
  private static final Predicate<ActionId> ANY = id -> true;

  public static final IdScope ALL = new IdScope(Optional.empty(), Set.of());

  /** Without any restriction to some of these ids. */
  public IdScope(Optional<String> source, Set<String> without) {
    this(source, without, ANY);
  }

  /**
   * @throws IllegalArgumentException when both a source and sources to leave out are given
   */
  public IdScope {
    requireNonNull(among, "among is null");
    without = Set.copyOf(without);
    if (source.isPresent() && !without.isEmpty()) {
      throw new IllegalArgumentException("one source without others: " + source + ", " + without);
    }
  }

  /** The ids of {@code source}: {@code <source>:<id>}. */
  public static IdScope of(String source) {
    return new IdScope(Optional.of(source), Set.of());
  }

  /** All ids except those of {@code sources}. */
  public static IdScope allBut(Set<String> sources) {
    return new IdScope(Optional.empty(), new TreeSet<>(sources));
  }

  /** Those of them that {@code part} has. */
  public IdScope among(Predicate<ActionId> part) {
    return new IdScope(source, without, part);
  }

  public boolean contains(ActionId id) {
    return among.test(id) && isWithin(id);
  }

  private boolean isWithin(ActionId id) {
    if (source.isPresent()) {
      return isOf(source.get(), id);
    }
    for (String other : without) {
      if (isOf(other, id)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOf(String source, ActionId id) {
    return id.number().isEmpty() && id.text().startsWith(source + ":");
  }
}
