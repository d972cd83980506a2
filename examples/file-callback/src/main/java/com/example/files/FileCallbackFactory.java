package com.example.files;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackFactory;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.InvalidSetting;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Set;

/** Makes callbacks of {@code type: file}; the scheduler finds it by META-INF/services. */
public final class FileCallbackFactory implements CallbackFactory {

  @Override
  public String type() {
    return "file";
  }

  /** Any other setting is refused at start, with "did you mean". */
  @Override
  public Set<String> settings() {
    return Set.of("path", "fsync");
  }

  /** Checks values; the file is opened by the first delivery. */
  @Override
  public BatchCallback create(CallbackSettings settings) throws InvalidSetting {
    String path = settings.required("path");
    boolean fsync = settings.flag("fsync", true);
    try {
      return new FileCallback(Path.of(path), fsync);
    } catch (InvalidPathException e) {
      throw settings.invalid("path", path, "the path of a file");
    }
  }
}
