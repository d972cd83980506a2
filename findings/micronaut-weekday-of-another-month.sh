#!/usr/bin/env bash
# Micronaut 4.10.36: the weekday nearest to the 1st may lie in the month before, and a second "nth weekday" in a list is lost.
#
# 0 0 9 1W * ? is the weekday nearest to the 1st of each month. The 1st of May 2027 is a Saturday: with Quartz, whose signs Micronaut's
# CronExpression uses, the rule does not leave the month, and one guesses Monday the 3rd. Micronaut runs on Friday the 30th of April, and May has no run: a
# job that reports the month that has ended reports the wrong one. With the month named (0 0 9 1W 5 ?) May 2027 has no run at all. 31W of
# January 2027, a Sunday, is the 1st of February. 0 0 9 ? * MON#1,FRI#3 is read without an error (Quartz refuses it), and runs
# on the first Mondays only; written the other way round, on the third Fridays only.
# What to do: 0 0 9 1-3 * MON-FRI and a check in the job in place of 1W, and one job for each nth weekday.
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
    <dependency><groupId>io.micronaut</groupId><artifactId>micronaut-context</artifactId><version>4.10.36</version></dependency>
    <dependency><groupId>org.quartz-scheduler</groupId><artifactId>quartz</artifactId><version>2.5.2</version></dependency>
  </dependencies>
</project>
XML
mvn -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib > mvn.log 2>&1 || { cat mvn.log; exit 1; }
cat > Nearest.java <<'JAVA'
import io.micronaut.scheduling.cron.CronExpression;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.TimeZone;
import java.util.function.UnaryOperator;

public class Nearest {
  public static void main(String[] arguments) throws Exception {
    for (String[] asked : new String[][] {
      {"0 0 9 1W * ?", "2027-04-02T00:00:00Z"},
      {"0 0 9 1W 5 ?", "2027-04-02T00:00:00Z"},
      {"0 0 9 31W * ?", "2027-01-02T00:00:00Z"},
      {"0 0 9 ? * MON#1,FRI#3", "2027-01-02T00:00:00Z"},
      {"0 0 9 ? * FRI#3,MON#1", "2027-01-02T00:00:00Z"},
    }) {
      String text = asked[0];
      Instant from = Instant.parse(asked[1]);
      CronExpression micronaut = CronExpression.create(text);
      show(text, from, "Micronaut", at -> micronaut.nextTimeAfter(at.atZone(ZoneOffset.UTC)).toInstant());
      try {
        var quartz = new org.quartz.CronExpression(text);
        quartz.setTimeZone(TimeZone.getTimeZone("UTC"));
        show(text, from, "Quartz", at -> quartz.getNextValidTimeAfter(Date.from(at)).toInstant());
      } catch (java.text.ParseException e) {
        System.out.println(text + "  Quartz refuses it");
      }
    }
  }

  static void show(String text, Instant from, String who, UnaryOperator<Instant> next) {
    StringBuilder line = new StringBuilder(text + "  " + who);
    Instant at = from;
    for (int i = 0; i < 3; i++) {
      at = next.apply(at);
      ZonedDateTime day = at.atZone(ZoneOffset.UTC);
      line.append(' ').append(day.getDayOfWeek().name(), 0, 2).append(' ').append(day.toLocalDate());
    }
    System.out.println(line);
  }
}
JAVA
java -cp 'lib/*' Nearest.java 2> java.log > seen || { cat java.log; exit 1; }
cat seen
diff seen - <<'EXPECTED' && echo "as described: another month, and a lost weekday"
0 0 9 1W * ?  Micronaut FR 2027-04-30 TU 2027-06-01 TH 2027-07-01
0 0 9 1W * ?  Quartz MO 2027-05-03 TU 2027-06-01 TH 2027-07-01
0 0 9 1W 5 ?  Micronaut MO 2028-05-01 TU 2029-05-01 WE 2030-05-01
0 0 9 1W 5 ?  Quartz MO 2027-05-03 MO 2028-05-01 TU 2029-05-01
0 0 9 31W * ?  Micronaut MO 2027-02-01 WE 2027-03-31 MO 2027-05-31
0 0 9 31W * ?  Quartz FR 2027-01-29 WE 2027-03-31 MO 2027-05-31
0 0 9 ? * MON#1,FRI#3  Micronaut MO 2027-01-04 MO 2027-02-01 MO 2027-03-01
0 0 9 ? * MON#1,FRI#3  Quartz refuses it
0 0 9 ? * FRI#3,MON#1  Micronaut FR 2027-01-15 FR 2027-02-19 FR 2027-03-19
0 0 9 ? * FRI#3,MON#1  Quartz refuses it
EXPECTED
