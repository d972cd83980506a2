package io.actionscheduler.callback.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.CallbackFactory;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.callback.common.RunningOutputs;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs(OS.LINUX)
class CodeCallbackTest {
  private final RunningOutputs outputs = new RunningOutputs();
  private final List<BatchCallback> made = new ArrayList<>();
  private CodeExecution execution;

  @BeforeEach
  void open() {
    execution = new CodeExecution(List.of(), outputs);
  }

  @AfterEach
  void close() {
    made.forEach(BatchCallback::close);
    execution.close();
  }

  @Test
  void pythonPrintsWhatItComputes() throws Exception {
    String code =
        "import math\nresult = sum(i**2 for i in range(1000))\nprint(f'Sum of squares: {result}')";
    assertThat(output(python(), Map.of("code", code))).isEqualTo("Sum of squares: 332833500\n");
    assertThat(execution.reached()).isPresent();
  }

  @Test
  void aScriptIsRunByWhatItsFirstLineNames() throws Exception {
    String backup = "#!/bin/bash\ntar -czf backup.tar.gz /etc/hostname 2>/dev/null; ls";
    assertThat(output(shell(), Map.of("script", backup))).isEqualTo("backup.tar.gz\nscript.sh\n");
    assertThat(output(shell(), Map.of("script", "echo $0"))).isEqualTo("script.sh\n");
    assertThat(output(shell(), Map.of("script", "#!/bin/sed 1q\nheld\n")))
        .isEqualTo("#!/bin/sed 1q\n");
  }

  @Test
  void theFireIsInTheEnvironmentAndNothingOfTheScheduler() throws Exception {
    BatchCallback callback = shell(Map.of("environment.REGION", "north"));
    assertThat(output(callback, Map.of("script", "env")).lines().map(line -> line.split("=")[0]))
        .containsExactlyInAnyOrder(
            "PATH",
            "HOME",
            "LANG",
            "TMPDIR",
            "PWD",
            "REGION",
            "FIRE_ID",
            "ACTION_ID",
            "ACTION_NAME",
            "SCHEDULED_TIME",
            "DELIVERED_TIME",
            "CAUSE",
            "MISSED_COUNT",
            "ATTEMPT");
    assertThat(output(callback, Map.of("script", "echo $FIRE_ID $REGION")))
        .isEqualTo("7@2026-11-20T10:00:00Z north\n");
  }

  @Test
  void aNameThatNoEnvironmentHoldsDoesNotKeepTheJobFromRunning() throws Exception {
    Delivery fire =
        Deliveries.of("n".repeat(300_000), "", Map.of("script", "echo ${ACTION_NAME-none}"));
    Reported reported = Reported.on(shell(), List.of(fire));
    assertThat(reported.failed()).isEmpty();
    assertThat(written(reported.output(0))).isEqualTo("none\n");
  }

  @Test
  void anExceptionIsRefusedWithItsLastLine() throws Exception {
    CallbackException why = failure(python(), Map.of("code", "print('begun')\n1/0"));
    assertThat(why.kind()).isEqualTo(Kind.REFUSED);
    assertThat(why).hasMessage("python_code: exit code 1: ZeroDivisionError: division by zero");
    assertThat(written(why.output())).startsWith("begun\nTraceback").contains("job.py\", line 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "; ; parameters: \"script\" is required, and not set",
        "true; 0; parameters: \"time_limit\": \"0\" is not allowed; allowed: seconds as a number",
        "true; 2h; parameters: \"time_limit\": \"2h\" is not allowed",
        "true; soon; parameters: \"time_limit\": \"soon\" is not allowed",
      })
  void wrongParametersArePermanent(String script, String limit, String message) throws Exception {
    Map<String, Object> parameters = new HashMap<>();
    if (script != null) {
      parameters.put("script", script);
    }
    if (limit != null) {
      parameters.put("time_limit", limit);
    }
    CallbackException why = failure(shell(), parameters);
    assertThat(why.kind()).isEqualTo(Kind.PERMANENT);
    assertThat(why).hasMessageStartingWith(message);
  }

  @Test
  void aJobMayHaveATimeLimitOfItsOwn() throws Exception {
    CallbackException why =
        failure(shell(), Map.of("script", "echo begun; sleep 100", "time_limit", 0.5));
    assertThat(why.kind()).isEqualTo(Kind.REFUSED);
    assertThat(why.outcomeUnknown()).isTrue();
    assertThat(why).hasMessage("shell_script: ended after its time limit of 0.5 s: begun");
    assertThat(written(why.output())).isEqualTo("begun\n");
  }

  @Test
  void longOutputIsCutInTheMiddleAndMarked() throws Exception {
    String text =
        output(shell(), Map.of("script", "echo first; yes 0123456 | head -n 100000; echo last"));
    assertThat(text).startsWith("first\n").endsWith("last\n").containsPattern("\\[\\d+ bytes cut");
    assertThat(text.length()).isLessThanOrEqualTo(65_536);
  }

  @Test
  void theRungStandsInTheRecordOfEachRunWhateverItWrote() throws Exception {
    for (String script : List.of("true", "printf x", "echo x", "yes | head -c 200000")) {
      Reported reported = Reported.on(shell(), List.of(fire(Map.of("script", script))));
      String output = reported.output(0);
      assertThat(RungMark.of(output)).isEqualTo(execution.reached().map(Reached::rung));
      assertThat(output.length()).isLessThanOrEqualTo(65_536);
    }
    assertThat(RungMark.of("a line\nx[rung 3 (bubblewrap)]\n")).isEmpty();
    assertThat(RungMark.without("a line\n[rung 3 (bubblewrap)]\n")).isEqualTo("a line\n");
    assertThat(RungMark.without("[rung 3 (bubblewrap)]\n")).isEmpty();
    assertThat(RungMark.without("others\n")).isEqualTo("others\n");
  }

  @Test
  void outputCanBeFollowedWhileTheJobRuns() throws Exception {
    BatchCallback callback = python();
    Delivery fire =
        fire(Map.of("code", "import time\nprint('step 1')\ntime.sleep(60)\nprint('step 2')"));
    ExecutorService thread = Executors.newSingleThreadExecutor();
    Future<Reported> running = thread.submit(() -> Reported.on(callback, List.of(fire)));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                outputs
                    .of(fire.fire().id(), "python_code")
                    .filter(output -> output.text().equals("step 1\n"))
                    .isPresent());
    callback.close();
    CallbackException why = running.get(30, TimeUnit.SECONDS).failed().get(0);
    thread.shutdown();
    assertThat(why.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(why.outcomeUnknown()).isTrue();
    assertThat(why).hasMessage("python_code: ended as the scheduler stops");
    assertThat(outputs.of(fire.fire().id(), "python_code")).isEmpty();
    assertThat(failure(callback, Map.of("code", "1")).outcomeUnknown()).isFalse();
  }

  @Test
  void belowTheLeastRungNothingRuns() throws Exception {
    CallbackException why = failure(shell(Map.of("least_rung", "4")), Map.of("script", "echo ran"));
    assertThat(why.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(why)
        .hasMessageStartingWith("shell_script: this machine reaches rung ")
        .hasMessageEndingWith("execution.least_rung asks for rung 4 (control group)");
    assertThat(why.output()).isEmpty();
  }

  @Test
  void anInterpreterThatIsNotThereIsAway() throws Exception {
    CallbackException why =
        failure(make("python_code", Map.of("interpreter", "/absent/python")), Map.of("code", "1"));
    assertThat(why.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(why)
        .hasMessageContaining("\"/absent/python\" cannot be used")
        .hasMessageEndingWith("set execution.interpreter to a Python 3");
  }

  @Test
  void manyJobsAtATimeDoNotMeet() throws Exception {
    BatchCallback callback = shell();
    ExecutorService pool = Executors.newFixedThreadPool(6);
    List<Future<String>> texts = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      Map<String, Object> parameters =
          Map.of("script", "echo " + i + " > mine; sleep 0.1; cat mine; ls /tmp | wc -l");
      texts.add(pool.submit(() -> output(callback, parameters)));
    }
    for (int i = 0; i < texts.size(); i++) {
      assertThat(texts.get(i).get(60, TimeUnit.SECONDS)).startsWith(i + "\n");
    }
    pool.shutdown();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "least_rung=1; execution.least_rung: \"1\" is not allowed; allowed: 2 or more",
        "least_rung=5; execution.least_rung: \"5\" is not allowed",
        "memory=lots; execution.memory: \"lots\" is not allowed; allowed: bytes as a number",
        "memory=1MiB; execution.memory: \"1MiB\" is not allowed",
        "readable=data; execution.readable: \"data\" is not allowed; allowed: absolute paths",
        "readable=/; execution.readable: \"/\" is not allowed; allowed: absolute paths",
        "environment.A-B=x; execution.environment.A-B: is not valid",
        "folder=/absent; execution.folder: \"/absent\" is not allowed; allowed: a folder",
      })
  void wrongSettingsAreToldAtTheStart(String setting, String message) {
    String[] parts = setting.split("=", 2);
    assertThatThrownBy(() -> shell(Map.of(parts[0], parts[1])))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith(message);
  }

  private BatchCallback python() throws InvalidSetting {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "no /usr/bin/python3 here");
    return make("python_code", Map.of("interpreter", "/usr/bin/python3"));
  }

  private BatchCallback shell() throws InvalidSetting {
    return shell(Map.of());
  }

  private BatchCallback shell(Map<String, String> settings) throws InvalidSetting {
    return make("shell_script", settings);
  }

  private BatchCallback make(String type, Map<String, String> settings) throws InvalidSetting {
    CallbackFactory factory =
        execution.factories().stream()
            .filter(each -> each.type().equals(type))
            .findFirst()
            .orElseThrow();
    BatchCallback callback =
        factory.create(new CallbackSettings(type, type, "execution", settings));
    made.add(callback);
    return callback;
  }

  private static Delivery fire(Map<String, Object> parameters) {
    return Deliveries.of("Job", "", parameters);
  }

  private static String output(BatchCallback callback, Map<String, Object> parameters)
      throws InterruptedException {
    Reported reported = Reported.on(callback, List.of(fire(parameters)));
    reported
        .failed()
        .values()
        .forEach(
            why -> assumeTrue(!why.getMessage().contains("this machine reaches"), why::getMessage));
    assertThat(reported.failed()).isEmpty();
    return written(reported.output(0));
  }

  /** What the job wrote; the rung stands behind it. */
  private static String written(String output) {
    assertThat(RungMark.of(output)).isPresent();
    return RungMark.without(output);
  }

  private static CallbackException failure(BatchCallback callback, Map<String, Object> parameters)
      throws InterruptedException {
    return Reported.on(callback, List.of(fire(parameters))).failed().get(0);
  }
}
