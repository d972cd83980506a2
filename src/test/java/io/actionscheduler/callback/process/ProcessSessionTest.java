package io.actionscheduler.callback.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackException.Kind;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.testing.Deliveries;
import io.actionscheduler.testing.Reported;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a signal to the scheduler's process group, or to all of a service, does to processes. */
class ProcessSessionTest {
  private static final Delivery FIRE = Deliveries.of("sync", "sync", Map.of());

  @TempDir private Path folder;

  @BeforeEach
  void theSystemHasSessions() {
    assumeTrue(
        Files.exists(Path.of("/proc/self/stat"))
            && (Files.exists(Path.of("/usr/bin/setsid")) || Files.exists(Path.of("/bin/setsid"))),
        "skipped: no setsid or no /proc here (Debian: apt-get install util-linux)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"whole path", "by PATH", "in its folder"})
  void aProcessHasASessionOfItsOwnAndTheIdThatWasStarted(String named) throws Exception {
    Path script = Scripts.write(folder, "script", "cut -d' ' -f1,4,5,6 /proc/$$/stat");
    Map<String, String> settings =
        switch (named) {
          case "by PATH" ->
              Map.of(
                  "command.0", "sh", "command.1", script.toString(), "environment.PATH", "/x:/bin");
          case "in its folder" ->
              Map.of("command.0", "./script", "working_directory", folder.toString());
          default -> Map.of("command.0", script.toString());
        };
    Reported reported = Reported.on(Scripts.create(settings), List.of(FIRE));
    String pid = reported.output(0).split(" ")[0];
    String me = Long.toString(ProcessHandle.current().pid());
    assertThat(reported.output(0)).isEqualTo(String.join(" ", pid, me, pid, pid) + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HUP", "INT", "TERM", "KILL"})
  void whatASignalEndsWhileTheSchedulerStopsIsCutOffAndNotAtFault(String signal) throws Exception {
    BatchCallback callback = kills(signal);
    callback.stopping();
    CallbackException why = Reported.on(callback, List.of(FIRE)).failed().get(0);
    assertThat(why.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(why.outcomeUnknown()).isTrue();
    assertThat(why).hasMessageContaining("as the scheduler stops");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HUP", "INT", "TERM", "KILL"})
  void aSignalFromElsewhereIsARefusal(String signal) throws Exception {
    CallbackException why = Reported.on(kills(signal), List.of(FIRE)).failed().get(0);
    assertThat(why.kind()).isEqualTo(Kind.REFUSED);
    assertThat(why.outcomeUnknown()).isFalse();
  }

  @Test
  void anErrorOfItsOwnWhileTheSchedulerStopsIsARefusal() throws Exception {
    BatchCallback callback = callback("exit 3", Map.of());
    callback.stopping();
    assertThat(Reported.on(callback, List.of(FIRE)).failed().get(0).kind()).isEqualTo(Kind.REFUSED);
  }

  /** Whose parent has ended is a child of nobody that is known, and still in the session. */
  @Test
  void afterItsTimeOrphansEndAsWell() throws Exception {
    String script =
        """
        (sh -c 'sleep 600 & echo $! > orphan' &)
        while [ ! -s orphan ]; do sleep 0.02; done
        sleep 600
        """;
    Map<String, String> settings =
        Map.of("timeout", "1s", "kill_after", "1s", "working_directory", folder.toString());
    CallbackException why = Reported.on(callback(script, settings), List.of(FIRE)).failed().get(0);
    assertThat(why).hasMessageContaining("timeout");
    long orphan = Long.parseLong(Files.readString(folder.resolve("orphan")).strip());
    await().until(() -> ProcessHandle.of(orphan).filter(ProcessHandle::isAlive).isEmpty());
  }

  /** The file is there and may be run; only the system knows that it cannot be. */
  @Test
  void whatTheSystemCannotStartIsAwayAndToldInTheSystemsWords() throws Exception {
    Path script = Scripts.write(folder, "script", "");
    Files.writeString(script, "#!/nowhere/interpreter\n");
    CallbackException why =
        Reported.on(Scripts.callback(script, Map.of()), List.of(FIRE)).failed().get(0);
    assertThat(why.kind()).isEqualTo(Kind.UNAVAILABLE);
    assertThat(why).hasMessageContaining("No such file or directory");
  }

  /** A shell that does not find a program is a shell that ran. */
  @Test
  void whatAProgramOfTheUsersDoesNotFindIsARefusal() throws Exception {
    CallbackException why =
        Reported.on(callback("setsid /nowhere/x; exit 127", Map.of()), List.of(FIRE))
            .failed()
            .get(0);
    assertThat(why.kind()).isEqualTo(Kind.REFUSED);
    assertThat(why).hasMessageContaining("exit code 127");
  }

  private BatchCallback kills(String signal) throws Exception {
    return callback("kill -" + signal + " $$; sleep 5", Map.of());
  }

  private BatchCallback callback(String script, Map<String, String> settings) throws Exception {
    return Scripts.callback(Scripts.write(folder, "script", script), settings);
  }
}
