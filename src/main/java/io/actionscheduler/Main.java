package io.actionscheduler;

import io.actionscheduler.app.parts.SystemClock;
import io.actionscheduler.cli.Cli;
import io.actionscheduler.cli.Shell;
import io.actionscheduler.zone.SystemZone;
import io.actionscheduler.zone.Zones;

/** Where the program starts. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    prepare();
    System.exit(new Cli(Shell.ofProcess()).execute(arguments));
  }

  /** What must be so before anything else in the process happens. */
  static void prepare() {
    Zones.install(); // before anything uses a time zone
    SystemZone.apply(System.getenv(), new SystemClock().instant());
    allowHostHeader();
  }

  /**
   * Services with names such as rest_service, usual among containers, are asked at their address
   * under their name. The JDK's client allows that by this property alone, and reads it once.
   */
  private static void allowHostHeader() {
    String property = "jdk.httpclient.allowRestrictedHeaders";
    if (System.getProperty(property) == null) {
      System.setProperty(property, "host");
    }
  }
}
