package com.example.files;

import io.actionscheduler.callback.Callback;
import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.InvalidSetting;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes each command to a file of its own, named after the fire id: a fire that is delivered twice
 * leaves one file. The simple way to write a callback: no factory, one fire at a time.
 */
public final class FilePerFire implements Callback {
  private final Path folder;

  /** The scheduler prefers this constructor to one without arguments. */
  public FilePerFire(CallbackSettings settings) throws InvalidSetting {
    this.folder = Path.of(settings.required("folder"));
  }

  @Override
  public void deliver(Delivery delivery) throws CallbackException {
    String name = URLEncoder.encode(delivery.fire().id().toString(), StandardCharsets.UTF_8);
    Path file = folder.resolve(name + ".txt");
    Path half = folder.resolve(name + "." + delivery.attempt() + ".part");
    try {
      Files.writeString(half, delivery.action().command());
      Files.move(half, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw CallbackException.unavailable(folder + ": " + e, e);
    }
  }
}
