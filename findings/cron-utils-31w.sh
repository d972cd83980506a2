#!/usr/bin/env bash
# cron-utils 9.2.1: "the weekday nearest to the 31st" falls on a Sunday, and has no next time from a shorter month on.
#
# 0 0 9 31W * ? is a valid expression of Quartz, and of this library's Quartz form: its parser takes it and validate() has nothing against
# it. One guesses that it is skipped in months without a 31st, and never falls on a weekend. Quartz 2.5.2 does so. cron-utils gives the
# 31st of January 2027, a Sunday, and nextExecution throws DateTimeException in each month without a 31st: whoever asks for the next time
# after each run gets no further than the first short month, and whoever checked the expression when it was saved did not notice.
# 30W and 29W do the same in February.
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
    <dependency><groupId>com.cronutils</groupId><artifactId>cron-utils</artifactId><version>9.2.1</version></dependency>
    <dependency><groupId>org.quartz-scheduler</groupId><artifactId>quartz</artifactId><version>2.5.2</version></dependency>
  </dependencies>
</project>
XML
mvn -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib > mvn.log 2>&1 || { cat mvn.log; exit 1; }
cat > Nearest.java <<'JAVA'
import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.TimeZone;
import org.quartz.CronExpression;

public class Nearest {
  public static void main(String[] arguments) throws Exception {
    CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ));
    for (String text : new String[] {"0 0 9 31W * ?", "0 0 9 30W * ?"}) {
      Instant from = Instant.parse("2027-01-01T00:00:00Z");
      StringBuilder line = new StringBuilder(text + "  cron-utils");
      Cron cron = parser.parse(text).validate();
      ZonedDateTime at = from.atZone(ZoneOffset.UTC);
      try {
        for (int i = 0; i < 3; i++) {
          at = ExecutionTime.forCron(cron).nextExecution(at).orElseThrow();
          line.append(" ").append(at.toLocalDate()).append(" ").append(at.getDayOfWeek());
        }
      } catch (java.time.DateTimeException e) {
        line.append(" ").append(e.getMessage());
      }
      System.out.println(line);
      line = new StringBuilder(text + "  Quartz    ");
      CronExpression quartz = new CronExpression(text);
      quartz.setTimeZone(TimeZone.getTimeZone("UTC"));
      Date next = Date.from(from);
      for (int i = 0; i < 3; i++) {
        next = quartz.getNextValidTimeAfter(next);
        ZonedDateTime shown = next.toInstant().atZone(ZoneOffset.UTC);
        line.append(" ").append(shown.toLocalDate()).append(" ").append(shown.getDayOfWeek());
      }
      System.out.println(line);
    }
  }
}
JAVA
java -cp 'lib/*' Nearest.java 2>/dev/null > seen
cat seen
diff seen - <<'EXPECTED' && echo "as described: a Sunday, and no next time from a shorter month on"
0 0 9 31W * ?  cron-utils 2027-01-31 SUNDAY Invalid date 'FEBRUARY 31'
0 0 9 31W * ?  Quartz     2027-01-29 FRIDAY 2027-03-31 WEDNESDAY 2027-05-31 MONDAY
0 0 9 30W * ?  cron-utils 2027-01-29 FRIDAY Invalid date 'FEBRUARY 30'
0 0 9 30W * ?  Quartz     2027-01-29 FRIDAY 2027-03-30 TUESDAY 2027-04-30 FRIDAY
EXPECTED
