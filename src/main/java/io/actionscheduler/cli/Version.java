package io.actionscheduler.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** Which build this is, from the manifest of its jar. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String version =
        Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
            .orElse("(not packaged)");
    return new String[] {"action-scheduler " + version + " (Java " + Runtime.version() + ")"};
  }
}
