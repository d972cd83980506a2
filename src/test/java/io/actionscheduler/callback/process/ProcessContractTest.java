package io.actionscheduler.callback.process;

import static org.awaitility.Awaitility.await;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;

class ProcessContractTest implements CallbackContract {
  @TempDir private static Path root;
  private static final AtomicInteger NUMBER = new AtomicInteger();

  @Override
  public Target target() throws Exception {
    return new Script(Files.createDirectory(root.resolve("run" + NUMBER.incrementAndGet())));
  }

  /** A script that keeps the commands it gets; it is away as a program is that is being updated. */
  private static final class Script implements Target {
    private final Path folder;
    private final Path script;
    private final BatchCallback callback;

    Script(Path folder) throws Exception {
      this.folder = folder;
      this.script =
          Scripts.write(
              folder,
              "script",
              """
              cd "$(dirname "$0")"
              [ "$COMMAND" = refused ] && exit 65
              while [ -e hold ]; do : > held; sleep 0.02; done
              echo "$COMMAND" >> received
              """);
      this.callback = Scripts.callback(script, Map.of("permanent_exit_codes", "64, 65"));
    }

    @Override
    public BatchCallback callback() {
      return callback;
    }

    @Override
    public List<String> received() throws IOException {
      Path received = folder.resolve("received");
      return Files.exists(received) ? Files.readAllLines(received) : List.of();
    }

    @Override
    public void goAway() throws IOException {
      Files.move(script, folder.resolve("gone"));
    }

    @Override
    public void comeBack() throws IOException {
      Files.move(folder.resolve("gone"), script);
    }

    @Override
    public void hold() throws IOException {
      Files.createFile(folder.resolve("hold"));
    }

    @Override
    public void awaitHeld() {
      await().until(() -> Files.exists(folder.resolve("held")));
    }

    @Override
    public void release() throws IOException {
      Files.delete(folder.resolve("hold"));
    }

    @Override
    public Optional<String> unacceptable() {
      return Optional.of("refused");
    }
  }
}
