#!/usr/bin/env bash
# Spring 7.0.10: L-30 ends up on one day of the year for ever, and 31W leaves out months.
#
# 0 0 9 L-30 * * is thirty days before the last day of the month, which is the first of each month of 31 days: so says Quartz 2.5.2, and one
# guesses that months without such a day are skipped, as Spring skips them for the 31st. Spring runs on the 1st of January, then on the 29th, and from
# then on once a year, on the 29th of January; L-28 stays on the 31st of January in the same way. L-27, which each month has, is right.
# 0 0 9 31W * * is the weekday nearest to the 31st. Where that is a Sunday, as in January and October 2027, Quartz runs on Friday the 29th. Spring has no
# run in these months, but one in July, whose 31st is a Saturday: a trial in another month shows nothing.
# What to do: LW for the last weekday of a month, and no number above 27 behind L.
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
    <dependency><groupId>org.springframework</groupId><artifactId>spring-context</artifactId><version>7.0.10</version></dependency>
    <dependency><groupId>org.quartz-scheduler</groupId><artifactId>quartz</artifactId><version>2.5.2</version></dependency>
  </dependencies>
</project>
XML
mvn -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib > mvn.log 2>&1 || { cat mvn.log; exit 1; }
cat > Month.java <<'JAVA'
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.TimeZone;
import java.util.function.UnaryOperator;

public class Month {
  public static void main(String[] arguments) throws Exception {
    for (String days : new String[] {"L-30", "L-28", "L-27", "31W", "LW"}) {
      var spring = org.springframework.scheduling.support.CronExpression.parse("0 0 9 " + days + " * *");
      show(days, "Spring", at -> spring.next(at.atZone(ZoneOffset.UTC)).toInstant());
      var quartz = new org.quartz.CronExpression("0 0 9 " + days + " * ?");
      quartz.setTimeZone(TimeZone.getTimeZone("UTC"));
      show(days, "Quartz", at -> quartz.getNextValidTimeAfter(Date.from(at)).toInstant());
    }
  }

  static void show(String days, String who, UnaryOperator<Instant> next) {
    StringBuilder line = new StringBuilder(days + " " + who);
    Instant at = Instant.parse("2027-01-01T00:00:00Z");
    for (int i = 0; i < 7; i++) {
      at = next.apply(at);
      line.append(' ').append(at.toString(), 2, 10);
    }
    System.out.println(line);
  }
}
JAVA
java -cp 'lib/*' Month.java 2> java.log > seen || { cat java.log; exit 1; }
cat seen
diff seen - <<'EXPECTED' && echo "as described: one day of the year, and months without a run"
L-30 Spring 27-01-01 27-01-29 27-01-29 27-01-29 27-01-29 27-01-29 27-01-29
L-30 Quartz 27-01-01 27-03-01 27-05-01 27-07-01 27-08-01 27-10-01 27-12-01
L-28 Spring 27-01-03 27-01-31 27-01-31 27-01-31 27-01-31 27-01-31 27-01-31
L-28 Quartz 27-01-03 27-03-03 27-04-02 27-05-03 27-06-02 27-07-03 27-08-03
L-27 Spring 27-01-04 27-02-01 27-03-04 27-04-03 27-05-04 27-06-03 27-07-04
L-27 Quartz 27-01-04 27-02-01 27-03-04 27-04-03 27-05-04 27-06-03 27-07-04
31W Spring 27-03-31 27-05-31 27-07-30 27-08-31 27-12-31 28-01-31 28-03-31
31W Quartz 27-01-29 27-03-31 27-05-31 27-07-30 27-08-31 27-10-29 27-12-31
LW Spring 27-01-29 27-02-26 27-03-31 27-04-30 27-05-31 27-06-30 27-07-30
LW Quartz 27-01-29 27-02-26 27-03-31 27-04-30 27-05-31 27-06-30 27-07-30
EXPECTED
