package io.actionscheduler.callback.code;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.text.ByteSize;
import java.time.Duration;

/**
 * What one job may use.
 *
 * @param time limit of a job that names none; it is ended then
 * @param longestTime the most that a job may ask for
 * @param memory bytes of address space for each process
 * @param cpuSeconds seconds of CPU time for each process
 * @param fileSize bytes of the largest file that it may write
 * @param processes the most processes and threads at a time
 */
record CodeLimits(
    Duration time,
    Duration longestTime,
    long memory,
    int cpuSeconds,
    long fileSize,
    int processes) {
  private static final long MIB = 1024 * 1024;
  private static final Duration YEAR = Duration.ofDays(365);

  CodeLimits {
    requireNonNull(time, "time is null");
    requireNonNull(longestTime, "longestTime is null");
  }

  static CodeLimits of(CallbackSettings settings) throws InvalidSetting {
    Duration time = settings.span("time_limit", Duration.ofSeconds(300), YEAR);
    Duration longest = settings.span("max_time_limit", Duration.ofHours(1), YEAR);
    return new CodeLimits(
        time,
        longest.compareTo(time) < 0 ? time : longest,
        size(settings, "memory", 1024 * MIB, 16 * MIB),
        settings.number("cpu_seconds", 300, 1, 31_536_000),
        size(settings, "file_size", 1024 * MIB, 1),
        settings.number("processes", 64, 1, 1_000_000));
  }

  /** The same with at least so many bytes of address space, and processes and threads. */
  CodeLimits withAtLeast(long leastMemory, int leastProcesses) {
    return new CodeLimits(
        time,
        longestTime,
        Math.max(memory, leastMemory),
        cpuSeconds,
        fileSize,
        Math.max(processes, leastProcesses));
  }

  private static long size(CallbackSettings settings, String key, long otherwise, long least)
      throws InvalidSetting {
    String written = settings.text(key).orElse(Long.toString(otherwise));
    return ByteSize.read(written)
        .filter(bytes -> bytes >= least)
        .orElseThrow(
            () ->
                settings.invalid(
                    key, written, ByteSize.ALLOWED + "; at least " + least + " bytes"));
  }
}
