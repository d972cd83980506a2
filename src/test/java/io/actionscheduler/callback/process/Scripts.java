package io.actionscheduler.callback.process;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.InvalidSetting;
import io.actionscheduler.callback.common.RunningOutputs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/** Makes shell scripts to run. */
final class Scripts {
  private Scripts() {}

  static Path write(Path folder, String name, String text) throws IOException {
    Path draft = folder.resolve(name + ".draft");
    Files.writeString(draft, "#!/bin/sh\n" + text);
    Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rwx------"));
    // A child that is forked while the file is open for writing would make it busy for a moment.
    return Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  static BatchCallback callback(Path script, Map<String, String> settings) throws InvalidSetting {
    Map<String, String> all = new HashMap<>(settings);
    all.put("command.0", script.toString());
    return create(all);
  }

  static BatchCallback create(Map<String, String> settings) throws InvalidSetting {
    return new ProcessFactory(new RunningOutputs())
        .create(new CallbackSettings("job", "process", "callbacks.job", settings));
  }
}
