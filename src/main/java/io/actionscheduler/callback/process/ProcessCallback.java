package io.actionscheduler.callback.process;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.common.RunningOutputs;
import io.actionscheduler.callback.common.SingleFireCallback;
import io.actionscheduler.concurrent.Daemons;
import io.actionscheduler.template.JsonText;
import io.actionscheduler.template.Passport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Runs a command for each fire. A fire is delivered when its command ended with exit code 0. Its
 * output is what the command writes to standard output and standard error.
 */
final class ProcessCallback implements SingleFireCallback {
  /** Input of this size fits into a pipe that nobody reads; longer input is passed as a file. */
  private static final int PIPED = 4_000;

  /** The JDK's message for E2BIG: {@code error=7,}, in later versions {@code error: 7}. */
  private static final Pattern TOO_LARGE = Pattern.compile("error[=:] ?7\\b");

  private final String name;
  private final Command command;
  private final RunningOutputs outputs;
  private final Variables variables;
  private final int concurrency;
  private final OwnSession session = OwnSession.ofSystem();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Set<Execution> underWay = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          2,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          Daemons.named("process-output"));
  private volatile boolean closed;

  ProcessCallback(String name, Command command, RunningOutputs outputs, int concurrency) {
    this.name = requireNonNull(name, "name is null");
    this.outputs = requireNonNull(outputs, "outputs is null");
    this.command = requireNonNull(command, "command is null");
    this.variables = new Variables(command);
    this.concurrency = concurrency;
  }

  @Override
  public int concurrency() {
    return concurrency;
  }

  @Override
  public void stopping() {
    stopping.countDown();
  }

  @Override
  public void close() {
    closed = true;
    stopping();
    underWay.forEach(Execution::stop);
  }

  @Override
  public String deliver(Delivery delivery) throws CallbackException, InterruptedException {
    Passport passport = new Passport(delivery.fire(), delivery.attempt(), delivery.startedAt());
    byte[] input =
        JsonText.of(command.tellsAll() ? passport.values() : passport.parameters())
            .getBytes(StandardCharsets.UTF_8);
    Optional<Path> file = Optional.empty();
    try {
      if (input.length > PIPED) {
        file = Optional.of(Files.createTempFile("fire-", ".json"));
        Files.write(file.get(), input);
      }
      List<String> arguments = session.of(command.arguments(), command.folder());
      Optional<String> output = run(arguments, passport, input, file);
      if (output
          .isEmpty()) { // started directly: this works, or fails with the reason of the system
        output = run(command.arguments(), passport, input, file);
      }
      return output.orElseThrow();
    } catch (IOException e) {
      throw CallbackException.unavailable("its input cannot be written: " + e.getMessage(), e);
    } finally {
      delete(file);
    }
  }

  /** The output; empty when setsid could not start the program. */
  private Optional<String> run(
      List<String> arguments, Passport passport, byte[] input, Optional<Path> file)
      throws CallbackException, InterruptedException {
    Process process = start(arguments, passport, file);
    Execution execution = new Execution(command, process, stopping);
    underWay.add(execution);
    try (RunningOutputs.Following following =
        outputs.follow(passport.fire().id(), name, execution.kept())) {
      if (closed) { // checked after adding, since close() may have run in between
        execution.stop();
      }
      if (file.isEmpty()) {
        tell(process, input);
      }
      execution.await(threads);
      return session.isNotTheProgram(arguments, process.exitValue(), execution.output())
          ? Optional.empty()
          : Optional.of(execution.result());
    } finally {
      underWay.remove(execution);
    }
  }

  private Process start(List<String> arguments, Passport passport, Optional<Path> file)
      throws CallbackException {
    if (closed) {
      throw CallbackException.unavailable(command.name() + ": closed", null);
    }
    ProcessBuilder builder = new ProcessBuilder(arguments).redirectErrorStream(true);
    command.folder().ifPresent(folder -> builder.directory(folder.toFile()));
    file.ifPresent(path -> builder.redirectInput(path.toFile()));
    variables.set(builder.environment(), passport);
    try {
      return builder.start();
    } catch (IOException e) {
      throw TOO_LARGE.matcher(String.valueOf(e.getMessage())).find()
          ? CallbackException.permanent(
              command.name() + ": the fire is too large for an environment", e)
          : CallbackException.unavailable(command.name() + ": " + e.getMessage(), e);
    }
  }

  private static void tell(Process process, byte[] input) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(input);
    } catch (IOException e) {
      // The process ended or closed its input before it had read all; its exit code decides.
    }
  }

  private static void delete(Optional<Path> file) {
    if (file.isPresent()) {
      try {
        Files.deleteIfExists(file.get());
      } catch (IOException e) {
        file.get().toFile().deleteOnExit();
      }
    }
  }
}
