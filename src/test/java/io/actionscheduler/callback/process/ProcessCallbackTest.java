package io.actionscheduler.callback.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Logged;
import io.actionscheduler.testing.Reported;
import io.actionscheduler.text.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessCallbackTest {
  private static final Delivery SYNC =
      Deliveries.of("Hourly sync", "sync", Map.of("dataset", "user_events", "deep.key", 3L));

  @TempDir private Path folder;

  @Test
  void theFireIsInTheEnvironmentAndItsParametersAreOnStandardInput() throws Exception {
    String text =
        output(
            """
            echo "$FIRE_ID|$ACTION_ID|$ACTION_NAME|$COMMAND|$SCHEDULED_TIME|$DELIVERED_TIME"
            echo "$CAUSE|$MISSED_COUNT|${FIRST_MISSED-none}|$ATTEMPT"
            echo "$PARAMETER_DATASET|$PARAMETER_DEEP_KEY"
            cat
            """,
            Map.of(),
            SYNC);
    assertThat(text.lines().limit(3))
        .containsExactly(
            "7@2026-11-20T10:00:00Z|7|Hourly sync|sync|2026-11-20T10:00:00Z"
                + "|2026-11-20T10:00:00.002Z",
            "schedule|0|none|1",
            "user_events|3");
    assertThat(Json.parse(text.lines().skip(3).findFirst().orElseThrow()))
        .isEqualTo(Map.of("dataset", "user_events", "deep.key", 3L));
  }

  /** Which name has which variable depends on the names alone, not on their order. */
  @Test
  void parametersThatWouldBeOneVariableAreNumberedAndTold() throws Exception {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("имя", 4L);
    parameters.put("chat-id", 2L);
    parameters.put("Chat_Id", 3L);
    parameters.put("chat_id", 1L);
    parameters.put("год", 5L);
    parameters.put("chat id_2", 6L);
    parameters.put("alone.1", 7L);
    List<String> told;
    String text;
    try (Logged logged = Logged.of(Variables.class)) {
      text = output("env | grep ^PARAMETER | sort", Map.of(), Deliveries.of("a", "c", parameters));
      told = logged.lines();
    }
    assertThat(text.lines())
        .containsExactlyInAnyOrder(
            "PARAMETER_CHAT_ID=3",
            "PARAMETER_CHAT_ID_2=6",
            "PARAMETER_CHAT_ID_3=1",
            "PARAMETER_CHAT_ID_4=2",
            "PARAMETER____=5",
            "PARAMETER_____2=4",
            "PARAMETER_ALONE_1=7");
    assertThat(told)
        .singleElement()
        .asString()
        .startsWith("action 7 \"a\": the parameters \"Chat_Id\", \"chat_id\", \"chat-id\"")
        .contains("PARAMETER_CHAT_ID, PARAMETER_CHAT_ID_3, PARAMETER_CHAT_ID_4")
        .contains("\"год\", \"имя\" would all be the variable PARAMETER____");
  }

  @Test
  void standardInputMayTellEverything() throws Exception {
    String large = "x".repeat(1_000_000);
    Delivery fire = Deliveries.of("big", large, Map.of());
    assertThat(output("echo \"${COMMAND-none}\"; cat | wc -c", Map.of("input", "everything"), fire))
        .matches("none\\s+10002\\d\\d\\s+");
    CallbackException why = failure("cat", Map.of(), fire);
    assertThat(why.kind()).isEqualTo(Kind.PERMANENT);
    assertThat(why).hasMessageContaining("input: everything");
  }

  @Test
  void parametersOfAnySizeArriveWholeOnStandardInput() throws Exception {
    Delivery fire = Deliveries.of("big", "x", Map.of("text", "ж".repeat(500_000)));
    assertThat(output("cat | wc -c", Map.of(), fire).strip())
        .isEqualTo(Integer.toString(6 * 500_000 + "{\"text\": \"\"}".length()));
    assertThat(output("true", Map.of(), fire)).isEmpty(); // and may be left unread
  }

  @Test
  void noShellReadsTheArguments() throws Exception {
    Path script = Scripts.write(folder, "args", "for a in \"$@\"; do echo \"<$a>\"; done");
    BatchCallback callback =
        Scripts.callback(
            script, Map.of("command.1", "$HOME; touch pwned", "command.2", "a b", "command.3", ""));
    assertThat(output(Reported.on(callback, List.of(SYNC))))
        .isEqualTo("<$HOME; touch pwned>\n<a b>\n<>\n");
  }

  @Test
  void theSchedulersOwnVariablesStayWithIt() throws Exception {
    Map<String, String> settings =
        Map.of("environment.DATASET_URL", "http://x", "environment.A", "b");
    List<String> names =
        output("env", settings, SYNC).lines().map(line -> line.split("=", 2)[0]).toList();
    assertThat(names).contains("PATH", "FIRE_ID", "DATASET_URL", "A");
    List<String> mine = new ArrayList<>(System.getenv().keySet());
    mine.removeAll(List.of("PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ"));
    mine.removeAll(List.of("TMPDIR", "TEMP", "TMP", "PWD", "SHLVL", "_", "OLDPWD", "COMMAND"));
    mine.removeIf(name -> name.startsWith("LC_"));
    assertThat(names).doesNotContainAnyElementsOf(mine);

    List<String> all =
        output("env", Map.of("inherit_environment", "true"), SYNC)
            .lines()
            .map(line -> line.split("=", 2)[0])
            .toList();
    assertThat(all).containsAll(mine);
  }

  @Test
  void itRunsInTheFolderItIsTold() throws Exception {
    assertThat(output("pwd", Map.of("working_directory", folder.toString()), SYNC).strip())
        .isEqualTo(folder.toRealPath().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "exit 1, REFUSED, exit code 1",
    "echo on the way; echo bad data >&2; exit 3, REFUSED, exit code 3: bad data",
    "exit 65, PERMANENT, exit code 65",
    "kill -9 $$, REFUSED, exit code 137",
  })
  void theExitCodeDecides(String script, Kind kind, String message) throws Exception {
    CallbackException why = failure(script, Map.of("permanent_exit_codes", "65"), SYNC);
    assertThat(why.kind()).isEqualTo(kind);
    assertThat(why.outcomeUnknown()).isFalse();
    assertThat(why).hasMessageEndingWith(message);
  }

  @Test
  void whatAFailureWroteIsKept() throws Exception {
    assertThat(failure("echo one; echo two >&2; exit 1", Map.of(), SYNC).output())
        .isEqualTo("one\ntwo\n");
  }

  @Test
  void beginningAndEndOfALongOutputAreKept() throws Exception {
    String text = output("echo first; yes 0123456 | head -n 1000000; echo last", Map.of(), SYNC);
    assertThat(text).startsWith("first\n0123456\n").endsWith("0123456\nlast\n");
    assertThat(text).containsPattern("\n\\[79\\d+ bytes cut here]\n");
    assertThat(text.length()).isLessThanOrEqualTo(65_536);
  }

  @Test
  void aProgramThatIsNotThereIsAway() throws Exception {
    BatchCallback callback = Scripts.create(Map.of("command.0", folder + "/absent"));
    CallbackException why = Reported.on(callback, List.of(SYNC)).failed().get(0);
    assertThat(why.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(why).hasMessageContaining("absent");
  }

  @Test
  void afterItsTimeAProcessEndsWithAllThatItStarted() throws Exception {
    String script =
        """
        (sleep 600 & echo $! >> pids; exec sleep 600) &
        echo $! >> pids
        trap 'echo asked to end; exit 0' TERM
        echo begun
        sleep 600 & wait
        """;
    Map<String, String> settings =
        Map.of("timeout", "500ms", "kill_after", "5s", "working_directory", folder.toString());
    CallbackException why = failure(script, settings, SYNC);
    assertThat(why.kind()).isEqualTo(Kind.REFUSED);
    assertThat(why.outcomeUnknown()).isTrue();
    assertThat(why).hasMessageContaining("timeout of 0.5 s");
    assertThat(why.output()).startsWith("begun\n").contains("asked to end\n");
    assertGone(2);
  }

  @Test
  void whoDoesNotListenIsEndedAllTheSame() throws Exception {
    String script =
        """
        trap '' TERM
        (trap '' TERM; echo $$ >> pids; while true; do sleep 1; done) &
        echo $! >> pids
        while true; do sleep 1; done
        """;
    Map<String, String> settings =
        Map.of("timeout", "400ms", "kill_after", "200ms", "working_directory", folder.toString());
    assertThat(failure(script, settings, SYNC)).hasMessageContaining("timeout");
    assertGone(2);
  }

  @Test
  void whatItLeavesInTheBackgroundDoesNotHoldItUp() throws Exception {
    String script = "sleep 600 & echo $! > pids; echo done";
    Map<String, String> settings = Map.of("working_directory", folder.toString());
    assertThat(output(script, settings, SYNC)).isEqualTo("done\n");
    long left = Long.parseLong(Files.readString(folder.resolve("pids")).strip());
    ProcessHandle.of(left).ifPresent(ProcessHandle::destroyForcibly);
  }

  @Test
  void noneOfTheOutputIsLostHoweverManyRun() throws Exception {
    Path script = Scripts.write(folder, "many", "echo \"$COMMAND\"; echo end >&2");
    BatchCallback callback = Scripts.callback(script, Map.of());
    ExecutorService pool = Executors.newFixedThreadPool(8);
    List<Future<String>> outputs = new ArrayList<>();
    for (Delivery each : Deliveries.many(200)) {
      outputs.add(pool.submit(() -> output(Reported.on(callback, List.of(each)))));
    }
    for (int i = 0; i < outputs.size(); i++) {
      assertThat(outputs.get(i).get()).isEqualTo("command" + (i + 1) + "\nend\n");
    }
    pool.shutdown();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "; callbacks.job.command: required",
        "command=python3 report.py; callbacks.job.command: \"python3 report.py\" is one text",
        "command=true|working_directory=/nowhere; callbacks.job.working_directory: \"/nowhere\"",
        "command=true|environment.A-B=x; callbacks.job.environment.A-B: is not valid",
        "command=true|permanent_exit_codes=0; callbacks.job.permanent_exit_codes: \"0\"",
        "command=true|timeout=never; callbacks.job.timeout: \"never\" is not allowed",
        "command.0=echo|command.1=a {command}; callbacks.job.command: \"a {command}\" holds "
            + "{command}"
            + ", and no value of a fire gets into a command; it is in the variable COMMAND; if",
        "command.0=echo|command.1={name}; callbacks.job.command: \"{name}\" holds {name}, and no"
            + " value of a fire gets into a command; it is in the variable ACTION_NAME; if",
        "command.0=echo|command.1={json:parameters.a.b}; callbacks.job.command:"
            + " \"{json:parameters.a.b}\" holds",
        "command=true|input=all; callbacks.job.input: \"all\" is not allowed",
      })
  void wrongSettingsAreToldAtTheStart(String settings, String told) {
    Map<String, String> values = new HashMap<>();
    for (String each : settings == null ? new String[0] : settings.split("\\|")) {
      values.put(each.split("=", 2)[0], each.split("=", 2)[1]);
    }
    assertThatThrownBy(() -> Scripts.create(values))
        .isInstanceOf(InvalidSetting.class)
        .hasMessageStartingWith(told);
  }

  @Test
  void bracesOfAProgramsOwnLanguageStayAsTheyAre() throws Exception {
    Path script = Scripts.write(folder, "args", "for a in \"$@\"; do echo \"<$a>\"; done");
    BatchCallback callback =
        Scripts.callback(script, Map.of("command.1", "{ command }", "command.2", "{print $1} {}"));
    assertThat(output(Reported.on(callback, List.of(SYNC))))
        .isEqualTo("<{ command }>\n<{print $1} {}>\n");
  }

  private void assertGone(int count) throws Exception {
    List<String> pids = Files.readAllLines(folder.resolve("pids"));
    assertThat(pids).hasSize(count);
    for (String pid : pids) {
      await()
          .until(
              () -> ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive).isEmpty());
    }
  }

  private String output(String script, Map<String, String> settings, Delivery fire)
      throws Exception {
    return output(run(script, settings, fire));
  }

  private static String output(Reported reported) {
    assertThat(reported.failed()).isEmpty();
    return reported.output(0);
  }

  private CallbackException failure(String script, Map<String, String> settings, Delivery fire)
      throws Exception {
    return run(script, settings, fire).failed().get(0);
  }

  private Reported run(String script, Map<String, String> settings, Delivery fire)
      throws Exception {
    Path file = Scripts.write(folder, "script", script);
    return Reported.on(Scripts.callback(file, settings), List.of(fire));
  }
}
