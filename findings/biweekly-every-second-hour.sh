#!/usr/bin/env bash
# biweekly 0.6.8: every second hour within named hours never happens, not even at the start of the event.
#
# FREQ=HOURLY;INTERVAL=2;BYHOUR=9,11,13 from 9:00 on. One guesses 9:00, 11:00 and 13:00 of each day, as ical4j 4.2.3 and lib-recur 0.17.1 answer.
# biweekly reads the rule without a warning, and its iterator has no date at all. With INTERVAL=1, or with BYDAY in place of BYHOUR, or with the
# same hours as FREQ=MINUTELY;INTERVAL=120 it has them. The same empty answer comes for FREQ=DAILY;BYHOUR=9,12;BYSETPOS=2, the second of
# two times a day; with BYSETPOS=1 it gives both times, as if it counted days.
# What to do: write the hours as FREQ=DAILY;BYHOUR=9,11,13, which means the same, and take an event without any date for an error.
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
    <dependency><groupId>org.mnode.ical4j</groupId><artifactId>ical4j</artifactId><version>4.2.3</version></dependency>
  </dependencies>
</project>
XML
mvn -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib > mvn.log 2>&1 || { cat mvn.log; exit 1; }
cat > Hours.java <<'JAVA'
import biweekly.Biweekly;
import biweekly.ICalendar;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import net.fortuna.ical4j.model.Recur;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.RecurrenceRule;

public class Hours {
  static final int SHOWN = 4;

  public static void main(String[] arguments) throws Exception {
    for (String[] event : new String[][] {
      {"09", "FREQ=HOURLY;INTERVAL=2;BYHOUR=9,11,13"},
      {"09", "FREQ=HOURLY;INTERVAL=1;BYHOUR=9,11,13"},
      {"09", "FREQ=HOURLY;INTERVAL=2;BYDAY=FR"},
      {"09", "FREQ=MINUTELY;INTERVAL=120;BYHOUR=9,11,13"},
      {"09", "FREQ=DAILY;BYHOUR=9,11,13"},
      {"12", "FREQ=DAILY;BYHOUR=9,12;BYSETPOS=2"},
      {"09", "FREQ=DAILY;BYHOUR=9,12;BYSETPOS=1"},
    }) {
      System.out.println(event[1]);
      String start = "20270101T" + event[0] + "0000";
      System.out.println("  biweekly " + biweekly(start, event[1]));
      String others = ical4j("2027-01-01T" + event[0] + ":00", event[1]).toString();
      System.out.println("  ical4j   " + others);
      System.out.println("  lib-recur" + (recur(start, event[1]).toString().equals(others) ? " agrees with ical4j" : " differs"));
    }
  }

  static List<String> biweekly(String start, String rule) {
    ICalendar calendar = Biweekly.parse("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:seen\r\nDTSTAMP:20270101T000000Z\r\nDTSTART:" + start
        + "Z\r\nRRULE:" + rule + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n").first();
    var each = calendar.getEvents().get(0).getDateIterator(TimeZone.getTimeZone("UTC"));
    List<String> times = new ArrayList<>();
    while (times.size() < SHOWN && each.hasNext()) {
      times.add(shown(each.next().toInstant()));
    }
    return times;
  }

  static List<String> ical4j(String start, String rule) {
    LocalDateTime first = LocalDateTime.parse(start);
    return new Recur<LocalDateTime>(rule).getDates(first, first, first.plusYears(1), SHOWN).stream().map(at -> at.toString().substring(8)).toList();
  }

  static List<String> recur(String start, String rule) throws Exception {
    var each = new RecurrenceRule(rule).iterator(DateTime.parse("UTC", start));
    List<String> times = new ArrayList<>();
    while (times.size() < SHOWN && each.hasNext()) {
      times.add(shown(Instant.ofEpochMilli(each.nextMillis())));
    }
    return times;
  }

  static String shown(Instant at) {
    return at.toString().substring(8, 16);
  }
}
JAVA
java -cp 'lib/*' Hours.java 2> java.log > seen || { cat java.log; exit 1; }
cat seen
diff seen - <<'EXPECTED' && echo "as described: no date at all"
FREQ=HOURLY;INTERVAL=2;BYHOUR=9,11,13
  biweekly []
  ical4j   [01T09:00, 01T11:00, 01T13:00, 02T09:00]
  lib-recur agrees with ical4j
FREQ=HOURLY;INTERVAL=1;BYHOUR=9,11,13
  biweekly [01T09:00, 01T11:00, 01T13:00, 02T09:00]
  ical4j   [01T09:00, 01T11:00, 01T13:00, 02T09:00]
  lib-recur agrees with ical4j
FREQ=HOURLY;INTERVAL=2;BYDAY=FR
  biweekly [01T09:00, 01T11:00, 01T13:00, 01T15:00]
  ical4j   [01T09:00, 01T11:00, 01T13:00, 01T15:00]
  lib-recur agrees with ical4j
FREQ=MINUTELY;INTERVAL=120;BYHOUR=9,11,13
  biweekly [01T09:00, 01T11:00, 01T13:00, 02T09:00]
  ical4j   [01T09:00, 01T11:00, 01T13:00, 02T09:00]
  lib-recur agrees with ical4j
FREQ=DAILY;BYHOUR=9,11,13
  biweekly [01T09:00, 01T11:00, 01T13:00, 02T09:00]
  ical4j   [01T09:00, 01T11:00, 01T13:00, 02T09:00]
  lib-recur agrees with ical4j
FREQ=DAILY;BYHOUR=9,12;BYSETPOS=2
  biweekly []
  ical4j   [01T12:00, 02T12:00, 03T12:00, 04T12:00]
  lib-recur agrees with ical4j
FREQ=DAILY;BYHOUR=9,12;BYSETPOS=1
  biweekly [01T09:00, 01T12:00, 02T09:00, 02T12:00]
  ical4j   [01T09:00, 02T09:00, 03T09:00, 04T09:00]
  lib-recur agrees with ical4j
EXPECTED
