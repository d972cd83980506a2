package io.actionscheduler.callback.code;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.common.KeptOutput;
import io.actionscheduler.callback.common.RunningOutputs;
import io.actionscheduler.callback.common.SingleFireCallback;
import io.actionscheduler.callback.process.Variables;
import io.actionscheduler.template.Field;
import io.actionscheduler.template.Passport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the program that an action's parameters ask for. Delivered means that it ended with exit
 * code 0; what it wrote to standard output and standard error is its output.
 */
final class CodeCallback implements SingleFireCallback {
  private static final Logger LOG = LoggerFactory.getLogger(CodeCallback.class);

  /** Exit codes of what the kernel ended by SIGKILL and SIGXCPU. */
  private static final List<Integer> KILLED = List.of(128 + 9, 128 + 24);

  /** Characters of a variable: at most 100,000 bytes in UTF-8; Linux allows 131,072. */
  private static final int LONGEST = 25_000;

  private final String name;
  private final Programs programs;
  private final CodeSettings settings;
  private final Workshop workshop;
  private final int concurrency;
  private final JobGroup jobs = new JobGroup();

  /**
   * @param name of the callback
   * @param concurrency the most jobs at a time
   */
  CodeCallback(
      String name, Programs programs, CodeSettings settings, Workshop workshop, int concurrency) {
    this.name = requireNonNull(name, "name is null");
    this.programs = requireNonNull(programs, "programs is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.workshop = requireNonNull(workshop, "workshop is null");
    this.concurrency = concurrency;
  }

  @Override
  public void warmUp() throws InterruptedException {
    try {
      rung();
      programs.prepare();
    } catch (CallbackException e) {
      LOG.warn("callback {} cannot run jobs yet: {}", name, e.getMessage());
    }
  }

  @Override
  public int concurrency() {
    return concurrency;
  }

  @Override
  public void close() {
    jobs.close();
  }

  @Override
  public String deliver(Delivery delivery) throws CallbackException, InterruptedException {
    if (jobs.isClosed()) {
      throw CallbackException.unavailable(name + ": closed", null);
    }
    Parameters parameters = new Parameters(delivery.action().parameters());
    Duration limit =
        parameters.timeLimit(settings.limits().time(), settings.limits().longestTime());
    Program program = programs.of(parameters);
    Rung rung = rung();
    Job job = new Job(program, variables(delivery), limit);
    KeptOutput output = KeptOutput.ofBothEnds(RungMark.ROOM);
    try (RunningOutputs.Following following =
        workshop.outputs().follow(delivery.fire().id(), name, output)) {
      RunningJob.Ending ending = workshop.runner().run(job, sandbox(program), rung, output, jobs);
      judge(ending, limit, output);
      return RungMark.on(output.text(), rung);
    } catch (CallbackException e) {
      throw e.withOutput(RungMark.on(output.text(), rung));
    }
  }

  /** The rung that jobs run at; never below the least. */
  private Rung rung() throws CallbackException, InterruptedException {
    Reached reached = workshop.ladder().reach(settings.least());
    if (reached.rung().compareTo(settings.least()) < 0) {
      throw CallbackException.unavailable(
          name
              + ": this machine reaches "
              + reached
              + "; execution.least_rung asks for "
              + settings.least(),
          null);
    }
    return reached.rung();
  }

  private Sandbox sandbox(Program program) {
    List<Path> readable = new ArrayList<>(settings.readable());
    readable.addAll(program.needs());
    return new Sandbox(
        programs.limits(settings.limits()), settings.network(), readable, workshop.hidden());
  }

  private Map<String, String> variables(Delivery delivery) {
    Map<String, String> variables = new HashMap<>(settings.environment());
    Passport passport = new Passport(delivery.fire(), delivery.attempt(), delivery.startedAt());
    for (Field field : Field.values()) {
      if (field != Field.COMMAND) { // code has parameters instead
        field
            .of(passport)
            .map(value -> value.toString().replace('\0', '\ufffd'))
            .filter(value -> value.length() <= LONGEST) // otherwise the job could not be started
            .ifPresent(value -> variables.put(Variables.name(field), value));
      }
    }
    return variables;
  }

  /** Throws the failure that the end of a job means, unless it succeeded. */
  private void judge(RunningJob.Ending ending, Duration limit, KeptOutput output)
      throws CallbackException {
    if (ending.stopped()) {
      throw CallbackException.unavailableUnknown(name + ": ended as the scheduler stops", null);
    }
    String lastLine = output.lastLine().map(line -> ": " + line).orElse("");
    if (!ending.inTime()) {
      throw CallbackException.refusedUnknown(
          name + ": ended after its time limit of " + limit.toMillis() / 1000.0 + " s" + lastLine,
          null);
    }
    if (ending.code() != 0) {
      String killed =
          KILLED.contains(ending.code())
              ? " (killed: it used more than "
                  + settings.limits().cpuSeconds()
                  + " CPU seconds, or the machine ran out of memory)"
              : "";
      throw CallbackException.refused(
          name
              + ": exit code "
              + ending.code()
              + killed
              + lastLine
              + (killed.isEmpty() ? programs.remedy() : ""),
          null);
    }
  }
}
