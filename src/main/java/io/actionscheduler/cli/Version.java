package io.actionscheduler.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Which build this is, from the manifest of its jar. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"action-scheduler " + text() + " (Java " + Runtime.version() + ")"};
  }

  static String text() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("(not packaged)");
  }
}
