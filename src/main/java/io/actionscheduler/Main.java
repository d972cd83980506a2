package io.actionscheduler;

import io.actionscheduler.app.parts.SystemClock;
import io.actionscheduler.cli.Cli;
import io.actionscheduler.cli.Shell;
import io.actionscheduler.zone.SystemZone;
import io.actionscheduler.zone.Zones;
import java.util.Locale;

/** Where the program starts. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    prepare();
    System.exit(new Cli(Shell.ofProcess()).execute(arguments));
  }

  /** Settings of the JVM that have to be made before anything else. */
  static void prepare() {
    Locale.setDefault(Locale.ROOT); // messages are English: no digits of ar_EG, no i of tr_TR
    Zones.install(); // no time zone may be used before this
    SystemZone.apply(System.getenv(), new SystemClock().instant());
    allowHostHeader();
  }

  /**
   * Services with names such as rest_service, usual among containers, are requested at their
   * address, with their name in the header Host. The JDK's client allows that only by this
   * property, which it reads once.
   */
  private static void allowHostHeader() {
    String property = "jdk.httpclient.allowRestrictedHeaders";
    if (System.getProperty(property) == null) {
      System.setProperty(property, "host");
    }
  }
}
