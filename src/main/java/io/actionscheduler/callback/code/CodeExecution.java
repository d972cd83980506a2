package io.actionscheduler.callback.code;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.action.CodeType;
import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackFactory;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.callback.common.RunningOutputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The callbacks that run code: {@code shell_script}, {@code python_code} and {@code
 * number_crunching}. They share the users, folders and sandboxes of their jobs.
 */
public final class CodeExecution implements AutoCloseable {
  private final List<Path> hidden;
  private final Path java;
  private final RunningOutputs outputs;
  private Workshop workshop; // null until a callback needs it

  /**
   * @param hidden the scheduler's own folders and files, which no job may see
   * @param outputs makes the output of running jobs visible
   */
  public CodeExecution(List<Path> hidden, RunningOutputs outputs) {
    this(hidden, outputs, Path.of(System.getProperty("java.home")));
  }

  /**
   * @param java the folder of the Java that runs computations
   */
  CodeExecution(List<Path> hidden, RunningOutputs outputs, Path java) {
    this.java = requireNonNull(java, "java is null");
    this.hidden = hidden.stream().map(CodeExecution::real).distinct().toList();
    this.outputs = requireNonNull(outputs, "outputs is null");
  }

  public List<CallbackFactory> factories() {
    List<CallbackFactory> factories = new ArrayList<>();
    for (Language language : Language.values()) {
      factories.add(
          new Factory(
              language.type(), settings -> new CodePrograms(language, settings.interpreter())));
    }
    factories.add(
        new Factory(CodeType.NUMBER_CRUNCHING.toString(), settings -> new NumberPrograms(java)));
    return factories;
  }

  private CodeCallback callback(CallbackSettings settings, Maker maker) throws InvalidSetting {
    CodeSettings read = CodeSettings.of(settings);
    return new CodeCallback(
        settings.name(), maker.make(read), read, workshop(settings), concurrency(settings));
  }

  /**
   * The rung of jobs on this machine; empty before it was determined, or where no callback runs
   * code.
   */
  public synchronized Optional<Reached> reached() {
    return Optional.ofNullable(workshop).flatMap(made -> made.ladder().known());
  }

  /** Releases what its callbacks share; they have to be closed before. */
  @Override
  public synchronized void close() {
    if (workshop != null) {
      workshop.close();
    }
  }

  private synchronized Workshop workshop(CallbackSettings settings) throws InvalidSetting {
    if (workshop == null) {
      if (!Files.isDirectory(Path.of("/proc/self"))) {
        throw new InvalidSetting(
            settings.prefix() + ".enabled: true, but code runs only on Linux; set it to false");
      }
      int firstUser = settings.number("first_uid", Users.FIRST, 1_000, 2_000_000_000);
      JobFolders folders = new JobFolders(folder(settings));
      Launcher launcher = new Launcher();
      Users users = Users.ofSystem(firstUser, new Remains(launcher));
      JobRunner runner =
          new JobRunner(launcher, users, folders, new ControlGroups(controlGroup(settings)));
      Sandbox trial = new Sandbox(CodeLimits.of(settings), false, List.of(), hidden);
      workshop = new Workshop(runner, new Ladder(runner, trial), outputs, hidden);
    }
    return workshop;
  }

  private static Optional<Path> controlGroup(CallbackSettings settings) throws InvalidSetting {
    Optional<String> written = settings.text("cgroup").map(String::strip);
    try {
      Optional<Path> group = written.map(Path::of);
      if (group.isEmpty() || group.get().isAbsolute()) {
        return group;
      }
    } catch (InvalidPathException e) {
      // reported below, with what is allowed
    }
    throw settings.invalid(
        "cgroup",
        written.get(),
        "the folder of a control group, such as /sys/fs/cgroup/jobs.slice");
  }

  private static Path folder(CallbackSettings settings) throws InvalidSetting {
    String written =
        settings.text("folder").map(String::strip).orElse(System.getProperty("java.io.tmpdir"));
    try {
      Path folder = Path.of(written);
      if (Files.isDirectory(folder)) {
        return folder;
      }
    } catch (InvalidPathException e) {
      // reported below, with what is allowed
    }
    throw settings.invalid("folder", written, "an existing folder");
  }

  /** The path with links resolved; when it does not exist, its absolute form. */
  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      return path.toAbsolutePath().normalize();
    }
  }

  private static int concurrency(CallbackSettings settings) throws InvalidSetting {
    return settings.number("max_concurrent", 20, 1, 100_000);
  }

  /** Makes one kind of these callbacks. */
  private final class Factory implements CallbackFactory {
    private final String type;
    private final Maker maker;

    Factory(String type, Maker maker) {
      this.type = type;
      this.maker = maker;
    }

    @Override
    public String type() {
      return type;
    }

    @Override
    public Set<String> settings() {
      return CodeSettings.KEYS;
    }

    @Override
    public BatchCallback create(CallbackSettings settings) throws InvalidSetting {
      return callback(settings, maker);
    }
  }

  @FunctionalInterface
  private interface Maker {
    Programs make(CodeSettings settings);
  }
}
