#!/usr/bin/env bash
# biweekly 0.6.8 and lib-recur 0.17.1: a time that the clock shows twice is the second of the two, and an hourly rule gives one moment twice.
#
# Berlin goes back from 03:00 to 02:00 on the 25th of October 2026: 02:30 is there twice, at 00:30 and 01:30 in UTC. RFC 5545 (3.3.5) says that
# such a time in an event means the first. Both libraries take the second: an event at 02:30, alone or daily, begins an hour late that night,
# and between two dates of FREQ=HOURLY lie two hours, since neither of them ever gives the first. (java.time takes the first, java.util.Calendar
# the second.) In spring, when the clock goes from 02:00 to 03:00, the same rule gives 03:30 twice, which is one moment: COUNT=6 has five.
# lib-recur also goes past the end of a rule: with UNTIL at 00:30 in UTC, which is the first 02:30, it gives 01:30 (biweekly leaves that date out).
# ical4j 4.1.1 answers as the RFC says.
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
    <dependency><groupId>net.sf.biweekly</groupId><artifactId>biweekly</artifactId><version>0.6.8</version></dependency>
    <dependency><groupId>org.dmfs</groupId><artifactId>lib-recur</artifactId><version>0.17.1</version></dependency>
    <dependency><groupId>org.mnode.ical4j</groupId><artifactId>ical4j</artifactId><version>4.1.1</version></dependency>
  </dependencies>
</project>
XML
mvn -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib > mvn.log 2>&1 || { cat mvn.log; exit 1; }
cat > Twice.java <<'JAVA'
import biweekly.Biweekly;
import biweekly.component.VEvent;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import net.fortuna.ical4j.model.Recur;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.RecurrenceRule;

public class Twice {
  static final String ZONE = "Europe/Berlin";

  public static void main(String[] arguments) throws Exception {
    for (String[] event :
        new String[][] {
          {"20261024T023000", "FREQ=DAILY;COUNT=3"},
          {"20261025T003000", "FREQ=HOURLY;COUNT=6"},
          {"20260329T003000", "FREQ=HOURLY;COUNT=6"},
          {"20261024T023000", "FREQ=DAILY;UNTIL=20261025T003000Z"}
        }) {
      System.out.println(event[0] + " " + event[1]);
      System.out.println("  biweekly  " + utc(biweekly(event[0], event[1])));
      System.out.println("  lib-recur " + utc(recur(event[0], event[1])));
      System.out.println("  ical4j    " + utc(ical4j(event[0], event[1])));
    }
  }

  static List<Instant> biweekly(String start, String rule) {
    String text =
        String.join(
            "\r\n",
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//seen//EN", "BEGIN:VEVENT", "UID:1", "DTSTAMP:20260101T000000Z",
            "DTSTART;TZID=" + ZONE + ":" + start, "RRULE:" + rule, "END:VEVENT", "END:VCALENDAR", "");
    VEvent event = Biweekly.parse(text).first().getEvents().get(0);
    List<Instant> all = new ArrayList<>();
    var dates = event.getDateIterator(TimeZone.getTimeZone(ZONE));
    while (dates.hasNext()) {
      all.add(dates.next().toInstant());
    }
    return all;
  }

  static List<Instant> recur(String start, String rule) throws Exception {
    List<Instant> all = new ArrayList<>();
    var dates = new RecurrenceRule(rule).iterator(DateTime.parse(ZONE, start));
    while (dates.hasNext()) {
      all.add(Instant.ofEpochMilli(dates.nextMillis()));
    }
    return all;
  }

  static List<Instant> ical4j(String start, String rule) {
    ZonedDateTime first =
        LocalDateTime.parse(start, DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss")).atZone(ZoneId.of(ZONE));
    return new Recur<ZonedDateTime>(rule).getDates(first, first, first.plusDays(9)).stream().map(ZonedDateTime::toInstant).toList();
  }

  static String utc(List<Instant> all) {
    return String.join(" ", all.stream().map(at -> at.toString().substring(8, 16)).toList());
  }
}
JAVA
java -cp 'lib/*' Twice.java 2>/dev/null > seen
echo "in UTC, day and time:"
cat seen
diff seen - <<'EXPECTED' && echo "as described: the second of two times, and a moment twice"
20261024T023000 FREQ=DAILY;COUNT=3
  biweekly  24T00:30 25T01:30 26T01:30
  lib-recur 24T00:30 25T01:30 26T01:30
  ical4j    24T00:30 25T00:30 26T01:30
20261025T003000 FREQ=HOURLY;COUNT=6
  biweekly  24T22:30 24T23:30 25T01:30 25T02:30 25T03:30 25T04:30
  lib-recur 24T22:30 24T23:30 25T01:30 25T02:30 25T03:30 25T04:30
  ical4j    24T22:30 24T23:30 25T00:30 25T01:30 25T02:30 25T03:30
20260329T003000 FREQ=HOURLY;COUNT=6
  biweekly  28T23:30 29T00:30 29T01:30 29T01:30 29T02:30 29T03:30
  lib-recur 28T23:30 29T00:30 29T01:30 29T01:30 29T02:30 29T03:30
  ical4j    28T23:30 29T00:30 29T01:30 29T02:30 29T03:30 29T04:30
20261024T023000 FREQ=DAILY;UNTIL=20261025T003000Z
  biweekly  24T00:30
  lib-recur 24T00:30 25T01:30
  ical4j    24T00:30 25T00:30
EXPECTED
