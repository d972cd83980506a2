#!/usr/bin/env bash
# ical4j 4.2.3: the dates of a rule for every other week depend on the language of the computer that works them out.
#
# FREQ=WEEKLY;INTERVAL=2;COUNT=6;BYDAY=SA,SU from Saturday, the 9th of January 2027: every other weekend. RFC 5545 (3.3.10) says that weeks
# begin on Monday where the rule does not name another day with WKST, and one guesses that a rule in a file means the same everywhere. Where
# it names none, ical4j takes the first day of the week of the process's locale: with de_DE and en_GB the weekends are whole, with en_US and with C (the
# locale of most containers) the Sunday is a week away from its Saturday. biweekly 0.6.8 and lib-recur 0.17.1 take Monday in each.
# What to do: write WKST=MO into each rule that has an interval, or add it to rules that come without one before ical4j sees them.
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
cat > Weekends.java <<'JAVA'
import biweekly.Biweekly;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import net.fortuna.ical4j.model.Recur;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.RecurrenceRule;

public class Weekends {
  static final String EVERY_OTHER = "FREQ=WEEKLY;INTERVAL=2;COUNT=6;BYDAY=SA,SU";
  static final LocalDate FIRST = LocalDate.of(2027, 1, 9);

  public static void main(String[] arguments) throws Exception {
    for (String rule : new String[] {EVERY_OTHER, EVERY_OTHER + ";WKST=MO"}) {
      System.out.println((rule.contains("WKST") ? "WKST=MO" : "no WKST") + " ical4j" + shown(ical4j(rule)));
    }
    System.out.println("no WKST biweekly" + shown(biweekly(EVERY_OTHER)));
    System.out.println("no WKST lib-recur" + shown(recur(EVERY_OTHER)));
  }

  static List<LocalDate> ical4j(String rule) {
    return new Recur<LocalDate>(rule).getDates(FIRST, FIRST, FIRST.plusYears(1));
  }

  static List<LocalDate> biweekly(String rule) {
    String text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nDTSTART:20270109T090000Z\r\nRRULE:" + rule
        + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    List<LocalDate> dates = new ArrayList<>();
    Biweekly.parse(text).first().getEvents().get(0).getDateIterator(TimeZone.getTimeZone("UTC"))
        .forEachRemaining(at -> dates.add(LocalDate.ofInstant(at.toInstant(), ZoneOffset.UTC)));
    return dates;
  }

  static List<LocalDate> recur(String rule) throws Exception {
    var each = new RecurrenceRule(rule).iterator(DateTime.parse("UTC", "20270109T090000"));
    List<LocalDate> dates = new ArrayList<>();
    while (each.hasNext()) {
      dates.add(LocalDate.ofInstant(Instant.ofEpochMilli(each.nextMillis()), ZoneOffset.UTC));
    }
    return dates;
  }

  static String shown(List<LocalDate> dates) {
    StringBuilder line = new StringBuilder();
    for (LocalDate date : dates) {
      line.append(' ').append(date.getDayOfWeek().name(), 0, 2).append(date.toString().substring(4));
    }
    return line.toString();
  }
}
JAVA
javac -cp 'lib/*' -d classes Weekends.java
weekends() { java "$@" -cp 'classes:lib/*' Weekends 2> java.log || { cat java.log; exit 1; }; }
for locale in de_DE en_GB en_US; do
  echo "$locale"
  weekends -Duser.language="${locale%_*}" -Duser.country="${locale#*_}"
done > seen
echo C >> seen
LC_ALL=C weekends >> seen
cat seen
whole="SA-01-09 SU-01-10 SA-01-23 SU-01-24 SA-02-06 SU-02-07"
torn="SA-01-09 SU-01-17 SA-01-23 SU-01-31 SA-02-06 SU-02-14"
for locale in de_DE en_GB en_US C; do
  echo "$locale"
  case $locale in de_DE | en_GB) echo "no WKST ical4j $whole" ;; *) echo "no WKST ical4j $torn" ;; esac
  printf '%s\n' "WKST=MO ical4j $whole" "no WKST biweekly $whole" "no WKST lib-recur $whole"
done > expected
diff seen expected && echo "as described: weekends torn apart by the locale"
