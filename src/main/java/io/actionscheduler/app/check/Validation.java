package io.actionscheduler.app.check;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.SourceException;
import io.actionscheduler.app.parts.Parts;
import io.actionscheduler.config.InvalidConfig;
import io.actionscheduler.config.Settings;
import io.actionscheduler.fire.StoreException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Checks everything that a start would check, without starting anything. */
public final class Validation {
  private static final String DIALECT = "schedules.unix_dialect";

  private final Parts parts;

  /**
   * What was found.
   *
   * @param rows how many the table and REST services have
   * @param problems because of which an action does not do what its row says
   * @param differences rows that the Python program reads differently, where the settings say which
   *     reading is meant
   */
  public record Result(long rows, long problems, long differences) {
    public boolean isSound() {
      return problems == 0;
    }

    /** One line. */
    public String summary() {
      return rows
          + (rows == 1 ? " action, " : " actions, ")
          + (problems == 0 ? "no problem" : problems + (problems == 1 ? " problem" : " problems"))
          + (differences == 0
              ? ""
              : ", " + differences + " read differently by the Python program");
    }
  }

  public Validation(Parts parts) {
    this.parts = requireNonNull(parts, "parts is null");
  }

  /**
   * Tells each problem of the table in the order of its rows, then those of REST services.
   *
   * @throws InvalidConfig when the parts that the settings are for cannot be made
   * @throws SourceException when the action table or a REST service cannot be read
   * @throws StoreException when the store cannot be read
   */
  public Result run(Consumer<TableProblem> found)
      throws InvalidConfig, SourceException, StoreException {
    SettingsCheck.check(parts.settings(), parts.clock());
    Instant now = parts.clock().instant();
    boolean chosen = isDialectChosen();
    AtomicLong problems = new AtomicLong();
    AtomicLong differences = new AtomicLong();
    Consumer<TableProblem> counted =
        problem -> {
          boolean told = problem.kind() == TableProblem.Kind.DIALECT && chosen;
          (told ? differences : problems).incrementAndGet();
          found.accept(problem);
        };
    long rows = 0;
    if (parts.settings().actionsDb().isPresent()) {
      rows = new TableCheck(parts.rowReader(), now, dialects(now), counted).run(parts.table());
    }
    rows += new RestCheck(now, counted).run(parts.restSources());
    return new Result(rows, problems.get(), differences.get());
  }

  private Optional<DialectDifferences> dialects(Instant now) throws StoreException {
    return wantsDifferences()
        ? Optional.of(new DialectDifferences(parts.settings().timezone(), now))
        : Optional.empty();
  }

  private boolean wantsDifferences() throws StoreException {
    return parts.settings().unixAsApscheduler() || !parts.store().apschedulerNextRuns().isEmpty();
  }

  private boolean isDialectChosen() {
    Settings settings = parts.settings();
    return settings.origins().stream()
        .anyMatch(origin -> origin.key().equals(DIALECT) && !origin.source().equals("default"));
  }
}
