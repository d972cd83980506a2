#!/usr/bin/env bash
# JobRunr 8.6.0: "the first and the last day of the month" runs on each day from the 28th on.
#
# 0 9 L * * is the last day of each month, and 0 9 1,15 * * takes a list. One guesses that 0 9 1,L * * is the first and the last, or is refused, as the
# free edition refuses LW and L-3. It is taken, and runs on the 1st and on each day from the 28th on: five days in January, and as many for
# 0 9 15,L * *. In a February of 28 days it is right, so that a test in that month shows nothing.
# Quartz 2.5.2 and Spring 7.0.10 run on the first and the last day.
# What to do: make two recurring jobs of it, 0 9 1 * * and 0 9 L * *.
#
# Needs bash, Maven and a JDK of 17 or later. Installs into a temporary folder only. Ends with 0 when all is as stated above, with 1 when it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
cat > pom.xml <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>seen</groupId><artifactId>seen</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.jobrunr</groupId><artifactId>jobrunr</artifactId><version>8.6.0</version></dependency>
    <dependency><groupId>org.quartz-scheduler</groupId><artifactId>quartz</artifactId><version>2.5.2</version></dependency>
    <dependency><groupId>org.springframework</groupId><artifactId>spring-context</artifactId><version>7.0.10</version></dependency>
  </dependencies>
</project>
XML
mvn -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib > mvn.log 2>&1 || { cat mvn.log; exit 1; }
cat > Days.java <<'JAVA'
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.TimeZone;
import java.util.function.UnaryOperator;

public class Days {
  public static void main(String[] arguments) throws Exception {
    for (String days : new String[] {"L", "1,15", "1,L", "15,L"}) {
      var jobrunr = new org.jobrunr.scheduling.cron.CronExpression("0 9 " + days + " * *");
      show(days, "JobRunr", at -> jobrunr.next(at, at, ZoneOffset.UTC));
    }
    for (String refused : new String[] {"LW", "L-3"}) {
      try {
        new org.jobrunr.scheduling.cron.CronExpression("0 9 " + refused + " * *");
        System.out.println(refused + " is taken");
      } catch (org.jobrunr.scheduling.cron.InvalidCronExpressionException e) {
        System.out.println(refused + " is refused");
      }
    }
    var quartz = new org.quartz.CronExpression("0 0 9 1,L * ?");
    quartz.setTimeZone(TimeZone.getTimeZone("UTC"));
    show("1,L", "Quartz", at -> quartz.getNextValidTimeAfter(Date.from(at)).toInstant());
    var spring = org.springframework.scheduling.support.CronExpression.parse("0 0 9 1,L * *");
    show("1,L", "Spring", at -> spring.next(at.atZone(ZoneOffset.UTC)).toInstant());
  }

  /** The days of January and February 2027 on which it runs. */
  static void show(String days, String who, UnaryOperator<Instant> next) {
    StringBuilder line = new StringBuilder(days + " " + who + ":");
    Instant at = next.apply(Instant.parse("2027-01-01T00:00:00Z"));
    for (; at.isBefore(Instant.parse("2027-03-01T00:00:00Z")); at = next.apply(at)) {
      ZonedDateTime day = at.atZone(ZoneOffset.UTC);
      line.append(' ').append(day.getDayOfMonth()).append('.').append(day.getMonthValue()).append('.');
    }
    System.out.println(line);
  }
}
JAVA
java -cp 'lib/*' Days.java 2> java.log > seen || { cat java.log; exit 1; }
cat seen
diff seen - <<'EXPECTED' && echo "as described: each day from the 28th on"
L JobRunr: 31.1. 28.2.
1,15 JobRunr: 1.1. 15.1. 1.2. 15.2.
1,L JobRunr: 1.1. 28.1. 29.1. 30.1. 31.1. 1.2. 28.2.
15,L JobRunr: 15.1. 28.1. 29.1. 30.1. 31.1. 15.2. 28.2.
LW is refused
L-3 is refused
1,L Quartz: 1.1. 31.1. 1.2. 28.2.
1,L Spring: 1.1. 31.1. 1.2. 28.2.
EXPECTED
