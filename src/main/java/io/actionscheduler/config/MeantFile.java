package io.actionscheduler.config;

import io.actionscheduler.schedule.OddCharacters;
import io.actionscheduler.text.Secrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds out whether a missing file was probably meant to be another one. */
final class MeantFile {
  private MeantFile() {}

  /**
   * Why another file than {@code file} is probably meant: one of the same name beside the settings,
   * or one whose name has no invisible character. Empty where the file exists, or may be new.
   *
   * @param name as it is written in the settings
   * @param beside where it would be in the folder of the settings
   */
  static Optional<String> fault(String name, Path file, Path beside) {
    if (Files.exists(file)) {
      return Optional.empty();
    }
    if (!beside.equals(file) && Files.exists(beside)) {
      return Optional.of(
          "is "
              + file
              + ", which does not exist: relative paths begin in the folder that the program is"
              + " started in; "
              + beside
              + " is beside the settings: start the program there, or write the whole path, of that"
              + " file or of a new one");
    }
    return OddCharacters.named(name)
        .map(odd -> Secrets.quote("", name) + " does not exist, and its " + odd);
  }
}
