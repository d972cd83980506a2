package io.actionscheduler.config;

import io.actionscheduler.text.ByteSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * The settings of callbacks that run code: below {@code execution} for all of them, and below a
 * callback of such a type for that callback alone. The callbacks define the defaults.
 */
final class ExecutionKeys {
  static final String SECTION = "execution";
  static final String ENVIRONMENT = "execution.environment";

  private static final Type<Long> SIZE =
      text ->
          ByteSize.read(text)
              .orElseThrow(() -> new Refused("is not an amount of bytes", ByteSize.ALLOWED));

  static final Key<Boolean> ENABLED = Key.of("execution.enabled", Types.FLAG, "false");
  static final Key<String> READABLE = Key.of("execution.readable", Types.NAME);

  private static final Key<Boolean> NETWORK = Key.of("network", Types.FLAG);
  private static final Key<Integer> LEAST_RUNG = Key.of("least_rung", Types.integer(1, 4));
  private static final Key<String> INTERPRETER = Key.of("interpreter", Types.NAME);
  private static final Key<String> CGROUP = Key.of("cgroup", Types.NAME);
  private static final Key<Path> FOLDER = Key.of("folder", Types.FOLDER);
  private static final Key<Integer> FIRST_UID =
      Key.of("first_uid", Types.integer(1_000, 2_000_000_000));
  private static final Key<Duration> TIME_LIMIT =
      Key.of("time_limit", Types.duration(Duration.ofMillis(1)));
  private static final Key<Duration> MAX_TIME_LIMIT =
      Key.of("max_time_limit", Types.duration(Duration.ofMillis(1)));
  private static final Key<Long> MEMORY = Key.of("memory", SIZE);
  private static final Key<Integer> CPU_SECONDS =
      Key.of("cpu_seconds", Types.integer(1, 31_536_000));
  private static final Key<Long> FILE_SIZE = Key.of("file_size", SIZE);
  private static final Key<Integer> PROCESSES = Key.of("processes", Types.integer(1, 1_000_000));

  private ExecutionKeys() {}

  /** All, below {@code execution}. */
  static Stream<Key<?>> all() {
    Stream<Key<?>> own =
        Stream.of(
            NETWORK,
            LEAST_RUNG,
            INTERPRETER,
            CGROUP,
            FOLDER,
            FIRST_UID,
            TIME_LIMIT,
            MAX_TIME_LIMIT,
            MEMORY,
            CPU_SECONDS,
            FILE_SIZE,
            PROCESSES);
    return Stream.of(
            Stream.<Key<?>>of(ENABLED, READABLE),
            own.map(key -> key.in(SECTION)),
            Keys.OF_A_CALLBACK.stream().map(key -> key.in(SECTION)))
        .flatMap(keys -> keys);
  }
}
