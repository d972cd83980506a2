package io.actionscheduler.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Which build this is, from the manifest of its jar. */
final class Version implements IVersionProvider {
  static String number() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("(not packaged)");
  }

  @Override
  public String[] getVersion() {
    String java = System.getProperty("java.runtime.version");
    return new String[] {"action-scheduler " + number() + " (Java " + java + ")"};
  }
}
