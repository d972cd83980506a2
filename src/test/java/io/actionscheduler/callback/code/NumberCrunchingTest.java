package io.actionscheduler.callback.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.CallbackFactory;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.common.RunningOutputs;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@EnabledOnOs(OS.LINUX)
class NumberCrunchingTest {
  private final RunningOutputs outputs = new RunningOutputs();
  private final Map<String, String> settings = new HashMap<>();
  private Path folder;
  private CodeExecution execution;
  private BatchCallback callback;

  @BeforeEach
  void open() throws Exception {
    // Not a folder of the test, which only its own user may enter: jobs are users of their own.
    folder = Files.createTempDirectory("computations-of-a-test-");
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    settings.put("folder", folder.toString());
  }

  @AfterEach
  void close() throws Exception {
    if (callback != null) {
      callback.close();
      execution.close();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(path);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "fibonacci; 0; fibonacci(0) = 0",
        "fibonacci; 1; fibonacci(1) = 1",
        "fibonacci; 2; fibonacci(2) = 1",
        "fibonacci; 10; fibonacci(10) = 55",
        "fibonacci; 100; fibonacci(100) = 354224848179261915075",
        "factorial; 0; factorial(0) = 1",
        "factorial; 1; factorial(1) = 1",
        "factorial; 25; factorial(25) = 15511210043330985984000000",
        "prime_numbers; 1; prime_numbers(1): 0 prime numbers",
        "prime_numbers; 13; prime_numbers(13): 6 prime numbers|2, 3, 5, 7, 11, 13",
      })
  void resultsAreExact(String operation, int number, String result) {
    assertThat(Arithmetic.result(operation, number)).isEqualTo(result.replace('|', '\n'));
  }

  @Test
  void theLargestResultsAreWholeAndFitIntoTheOutputThatIsKept() throws Exception {
    BigInteger a = BigInteger.ZERO;
    BigInteger b = BigInteger.ONE;
    for (int i = 0; i < 100_000; i++) {
      BigInteger next = a.add(b);
      a = b;
      b = next;
    }
    // F(3k) = 5 F(k)³ + 3 (-1)^k F(k)
    BigInteger tripled =
        a.pow(3).multiply(BigInteger.valueOf(5)).add(a.multiply(BigInteger.valueOf(3)));
    assertThat(output("fibonacci", "n", 300_000))
        .isEqualTo("fibonacci(300000) = " + tripled + "\n");

    BigInteger product = BigInteger.ONE;
    for (int i = 2; i <= 17_000; i++) {
      product = product.multiply(BigInteger.valueOf(i));
    }
    assertThat(output("factorial", "n", 17_000)).isEqualTo("factorial(17000) = " + product + "\n");
    assertThat(folders()).isZero();
  }

  @Test
  void allPrimeNumbersAreShownWhereTheyFitAndTheEndsOfThemWhereNot() throws Exception {
    settings.put("environment.LANG", "C"); // does not know all characters of the result
    String some = output("prime_numbers", "limit", 10_000);
    assertThat(some).startsWith("prime_numbers(10000): 1229 prime numbers\n2, 3, 5, 7, 11, ");
    assertThat(some.lines().skip(1).findFirst().orElseThrow().split(", ")).hasSize(1229);

    assertThat(output("prime_numbers", "limit", 10_000_000))
        .startsWith("prime_numbers(10000000): 664579 prime numbers\n2, 3, 5, ")
        .contains("\n… 664379 more …\n")
        .endsWith(", 9999971, 9999973, 9999991\n");
  }

  @ParameterizedTest
  @EnumSource(names = {"LIMITS", "NAMESPACES", "BUBBLEWRAP"})
  void itComputesAtEachRung(Rung rung) throws Exception {
    try (Jobs jobs = new Jobs()) {
      Reached reached = jobs.reached();
      assumeTrue(reached.rung().compareTo(rung) >= 0, "this machine reaches " + reached);
      Programs programs = new NumberPrograms(Path.of(System.getProperty("java.home")));
      Program program =
          programs.of(new Parameters(Map.of("operation", "prime_numbers", "limit", 13L)));
      Sandbox sandbox = new Sandbox(programs.limits(Jobs.SMALL), false, program.needs(), List.of());
      Jobs.Done done = jobs.run(rung, sandbox, program, Jobs.SMALL.time());
      assertThat(done.output())
          .isEqualTo("prime_numbers(13): 6 prime numbers\n2, 3, 5, 7, 11, 13\n");
      assertThat(done.ending().code()).isZero();
      assertThat(jobs.folders()).isZero();
    }
  }

  @Test
  void aComputationRunsWhateverTheSettingsAllowToCode() throws Exception {
    settings.putAll(Map.of("memory", "48MiB", "processes", "10"));
    assertThat(output("fibonacci", "n", 100)).isEqualTo("fibonacci(100) = 354224848179261915075\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "fibonacci; n; -1; parameters: \"n\": -1 is not allowed; allowed: a whole number from 0 to"
            + " 300000",
        "fibonacci; n; 300001; parameters: \"n\": 300001 is not allowed",
        "fibonacci; n; 9223372036854775807; parameters: \"n\": 9223372036854775807 is not allowed",
        "fibonacci; limit; 5; parameters: \"n\" is required, and not set; allowed: a whole number",
        "factorial; n; 17001; parameters: \"n\": 17001 is not allowed",
        "prime_numbers; limit; 10000001; parameters: \"limit\": 10000001 is not allowed",
        "sleep; n; 1; parameters: \"operation\": \"sleep\" is not allowed; allowed: fibonacci,"
            + " prime_numbers, factorial",
      })
  void whatIsOutOfBoundsFailsForGood(String operation, String name, long number, String message)
      throws Exception {
    CallbackException why = failure(Map.of("operation", operation, name, number));
    assertThat(why.kind()).isEqualTo(Kind.PERMANENT);
    assertThat(why).hasMessageStartingWith(message);
  }

  @Test
  void numbersAreNeitherTextNorFractions() throws Exception {
    for (Object wrong : List.of("7", 7.5, List.of(7L), true)) {
      assertThat(failure(Map.of("operation", "fibonacci", "n", wrong)).kind())
          .isEqualTo(Kind.PERMANENT);
    }
  }

  @Test
  void afterItsTimeAComputationIsEndedAndItsFolderRemoved() throws Exception {
    String mark = mark();
    java("echo begun; sleep " + mark + " & sleep " + mark);
    CallbackException why = failure(Map.of("operation", "fibonacci", "n", 7L, "time_limit", 0.7));
    assertThat(why.outcomeUnknown()).isTrue();
    assertThat(why).hasMessageStartingWith("number_crunching: ended after its time limit of 0.7 s");
    await().atMost(Duration.ofSeconds(60)).until(() -> !Jobs.runs(mark));
    assertThat(folders()).isZero();
  }

  @Test
  void aSchedulerThatStopsEndsComputations() throws Exception {
    String mark = mark();
    java("echo begun; sleep " + mark);
    Delivery fire = fire(Map.of("operation", "fibonacci", "n", 7L));
    BatchCallback stopped = callback();
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Future<Reported> running = thread.submit(() -> Reported.on(stopped, List.of(fire)));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                running.isDone() // where no job runs at all
                    || outputs
                        .of(fire.fire().id(), "number_crunching")
                        .filter(output -> output.text().equals("begun\n"))
                        .isPresent());
    stopped.close();
    CallbackException why = reached(running.get(60, TimeUnit.SECONDS)).failed().get(0);
    thread.shutdown();
    assertThat(why.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(why).hasMessage("number_crunching: ended as the scheduler stops");
    await().atMost(Duration.ofSeconds(60)).until(() -> !Jobs.runs(mark));
    assertThat(folders()).isZero();
  }

  @Test
  void itSeesAFreshFolderACleanEnvironmentAndWhatToCompute() throws Exception {
    java("ls; cat; env | grep -c -i -e KEY -e PASSWORD; shift $(($# - 2)); echo $@");
    assertThat(output("fibonacci", "n", 7)).isEqualTo("job.jar\n0\nfibonacci 7\n");
  }

  @Test
  void aJavaThatDoesNotStartIsToldWithTheRemedy() throws Exception {
    java("echo There is no memory; exit 1");
    CallbackException why = failure(Map.of("operation", "fibonacci", "n", 7L));
    assertThat(why.kind()).isEqualTo(Kind.REFUSED);
    assertThat(why)
        .hasMessage(
            "number_crunching: exit code 1: There is no memory; Java has to start for it: every user"
                + " must be able to read "
                + folder.resolve("jdk")
                + ", and the machine needs 100 MiB of free memory");
  }

  @Test
  void withoutAJavaTheCallbackIsUnavailable() throws Exception {
    Path absent = folder.resolve("absent");
    execution = new CodeExecution(List.of(), outputs, absent);
    CallbackException why = failure(Map.of("operation", "fibonacci", "n", 7L));
    assertThat(why.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(why)
        .hasMessage(
            "number_crunching runs the Java of the scheduler, and "
                + absent.resolve("bin/java")
                + " is not there or cannot be executed; start the scheduler with a Java that has"
                + " it");
  }

  /** Puts a script in the place of Java: it runs as long as the test needs. */
  private void java(String script) throws Exception {
    Path bin = Files.createDirectories(folder.resolve("jdk/bin"));
    Path java = Files.writeString(bin.resolve("java"), "#!/bin/sh\n" + script + "\n");
    for (Path path : List.of(bin.getParent(), bin, java)) {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    execution = new CodeExecution(List.of(), outputs, bin.getParent());
  }

  private BatchCallback callback() throws Exception {
    if (execution == null) {
      execution = new CodeExecution(List.of(), outputs);
    }
    if (callback == null) {
      CallbackFactory factory =
          execution.factories().stream()
              .filter(each -> each.type().equals("number_crunching"))
              .findFirst()
              .orElseThrow();
      callback =
          factory.create(
              new CallbackSettings("number_crunching", factory.type(), "execution", settings));
    }
    return callback;
  }

  private static Delivery fire(Map<String, Object> parameters) {
    return Deliveries.of("Job", "", parameters);
  }

  private String output(String operation, String name, long number) throws Exception {
    Reported reported =
        reached(
            Reported.on(callback(), List.of(fire(Map.of("operation", operation, name, number)))));
    assertThat(reported.failed()).isEmpty();
    String output = reported.output(0);
    assertThat(RungMark.of(output)).isPresent(); // it was a job, in a sandbox
    return RungMark.without(output);
  }

  private CallbackException failure(Map<String, Object> parameters) throws Exception {
    return reached(Reported.on(callback(), List.of(fire(parameters)))).failed().get(0);
  }

  /** Skips the test where the machine forbids namespaces. */
  private static Reported reached(Reported reported) {
    reported
        .failed()
        .values()
        .forEach(
            why -> assumeTrue(!why.getMessage().contains("this machine reaches"), why::getMessage));
    return reported;
  }

  /** How many folders of jobs are there. */
  private long folders() throws Exception {
    try (Stream<Path> all = Files.walk(folder, 2)) {
      return all.filter(path -> path.getFileName().toString().startsWith("job-")).count();
    }
  }

  /** A time to sleep, under an hour, that no other process sleeps. */
  private static String mark() {
    return "302." + Math.floorMod(UUID.randomUUID().getMostSignificantBits(), 1_000_000_000_000L);
  }
}
