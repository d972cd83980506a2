#!/usr/bin/env bash
# ical4j 4.2.3: a day that two values of a rule name is given twice, and COUNT counts it twice.
#
# FREQ=MONTHLY;BYMONTHDAY=28,-1;COUNT=4 from the 28th of February 2027: the 28th and the last day of each month, which are one day in that
# February. One guesses four dates, since RFC 5545 (3.3.10) speaks of a set of recurrences. ical4j lists the 28th twice and has three days: whoever
# starts a job for each date starts it twice, and the rule ends a date early. The same with BYDAY=4FR,-1FR, for the fourth and the last Friday of a
# month, which are one day in most months. biweekly 0.6.8 and lib-recur 0.17.1 give four days. The calendar's own list of periods
# (VEvent.calculateRecurrenceSet) is a set and has the day once, but ends early too.
# What to do: remove doubles from the dates, and count them yourself instead of trusting COUNT with such rules.
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
    <dependency><groupId>org.mnode.ical4j</groupId><artifactId>ical4j</artifactId><version>4.2.3</version></dependency>
    <dependency><groupId>net.sf.biweekly</groupId><artifactId>biweekly</artifactId><version>0.6.8</version></dependency>
    <dependency><groupId>org.dmfs</groupId><artifactId>lib-recur</artifactId><version>0.17.1</version></dependency>
  </dependencies>
</project>
XML
mvn -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies -DoutputDirectory=lib > mvn.log 2>&1 || { cat mvn.log; exit 1; }
cat > Twice.java <<'JAVA'
import biweekly.Biweekly;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import net.fortuna.ical4j.model.Period;
import net.fortuna.ical4j.model.Recur;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.RRule;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.RecurrenceRule;

public class Twice {
  public static void main(String[] arguments) throws Exception {
    for (String[] event : new String[][] {
      {"2027-02-28", "FREQ=MONTHLY;BYMONTHDAY=28,-1;COUNT=4"},
      {"2027-02-26", "FREQ=MONTHLY;BYDAY=4FR,-1FR;COUNT=4"},
    }) {
      LocalDate first = LocalDate.parse(event[0]);
      System.out.println(event[1]);
      System.out.println("  ical4j   " + new Recur<LocalDate>(event[1]).getDates(first, first, first.plusYears(1)));
      System.out.println("  its set  " + periods(first, event[1]));
      System.out.println("  biweekly " + biweekly(first, event[1]));
      System.out.println("  lib-recur" + " " + recur(first, event[1]));
    }
  }

  static List<LocalDate> periods(LocalDate first, String rule) {
    LocalDateTime start = first.atTime(9, 0);
    VEvent event = new VEvent(start, start.plusHours(1), "seen");
    event.add(new RRule<LocalDateTime>(new Recur<>(rule)));
    List<LocalDate> dates = new ArrayList<>();
    for (Period<LocalDateTime> period : event.<LocalDateTime>calculateRecurrenceSet(new Period<>(start, start.plusYears(1)))) {
      dates.add(period.getStart().toLocalDate());
    }
    return dates;
  }

  static List<LocalDate> biweekly(LocalDate first, String rule) {
    String text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nDTSTART:" + compact(first) + "Z\r\nRRULE:" + rule
        + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    List<LocalDate> dates = new ArrayList<>();
    Biweekly.parse(text).first().getEvents().get(0).getDateIterator(TimeZone.getTimeZone("UTC"))
        .forEachRemaining(at -> dates.add(LocalDate.ofInstant(at.toInstant(), ZoneOffset.UTC)));
    return dates;
  }

  static List<LocalDate> recur(LocalDate first, String rule) throws Exception {
    var each = new RecurrenceRule(rule).iterator(DateTime.parse("UTC", compact(first)));
    List<LocalDate> dates = new ArrayList<>();
    while (each.hasNext()) {
      dates.add(LocalDate.ofInstant(Instant.ofEpochMilli(each.nextMillis()), ZoneOffset.UTC));
    }
    return dates;
  }

  static String compact(LocalDate date) {
    return date.toString().replace("-", "") + "T090000";
  }
}
JAVA
java -cp 'lib/*' Twice.java 2> java.log > seen || { cat java.log; exit 1; }
cat seen
diff seen - <<'EXPECTED' && echo "as described: one day twice, and the rule ends early"
FREQ=MONTHLY;BYMONTHDAY=28,-1;COUNT=4
  ical4j   [2027-02-28, 2027-02-28, 2027-03-28, 2027-03-31]
  its set  [2027-02-28, 2027-03-28, 2027-03-31]
  biweekly [2027-02-28, 2027-03-28, 2027-03-31, 2027-04-28]
  lib-recur [2027-02-28, 2027-03-28, 2027-03-31, 2027-04-28]
FREQ=MONTHLY;BYDAY=4FR,-1FR;COUNT=4
  ical4j   [2027-02-26, 2027-02-26, 2027-03-26, 2027-03-26]
  its set  [2027-02-26, 2027-03-26]
  biweekly [2027-02-26, 2027-03-26, 2027-04-23, 2027-04-30]
  lib-recur [2027-02-26, 2027-03-26, 2027-04-23, 2027-04-30]
EXPECTED
