#!/usr/bin/env bash
# OpenJDK 17.0.15 and Temurin 25.0.3: other time zone rules given to java.time do not reach java.util, in the same process.
#
# The property java.time.zone.DefaultZoneRulesProvider names a class that gives java.time its rules instead of the JDK's
# data. One guesses that Date, Calendar and SimpleDateFormat follow, as their zones turn into those of java.time and back
# (TimeZone.toZoneId, TimeZone.getTimeZone(ZoneId)). They read lib/tzdb.dat by themselves: the same instant in the same
# zone is shown with two offsets, and TimeZone.getTimeZone(zone) gives another clock than the zone it was given.
set -euo pipefail
W=$(mktemp -d)
trap 'rm -rf "$W"' EXIT
cd "$W"
cat > Rules.java <<'JAVA'
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesProvider;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

public class Rules extends ZoneRulesProvider {
  @Override protected Set<String> provideZoneIds() {
    return Set.of("America/Vancouver");
  }

  @Override protected ZoneRules provideRules(String id, boolean forCaching) {
    return ZoneOffset.ofHours(-7).getRules(); // as British Columbia's law has it since 2026
  }

  @Override protected NavigableMap<String, ZoneRules> provideVersions(String id) {
    return new TreeMap<>(java.util.Map.of("own", provideRules(id, false)));
  }
}
JAVA
cat > Both.java <<'JAVA'
import java.text.SimpleDateFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.TimeZone;

public class Both {
  public static void main(String[] arguments) {
    Instant winter = Instant.parse("2020-01-15T12:00:00Z");
    ZoneId zone = ZoneId.of("America/Vancouver");
    SimpleDateFormat old = new SimpleDateFormat("XXX");
    old.setTimeZone(TimeZone.getTimeZone(zone));
    System.out.println("java.time " + zone.getRules().getOffset(winter));
    System.out.println("java.util " + old.format(Date.from(winter)));
  }
}
JAVA
javac -d . Rules.java Both.java
java -version 2>&1 | head -1
java -Djava.time.zone.DefaultZoneRulesProvider=Rules -cp . Both | tee seen
diff seen - <<'EXPECTED' && echo "as described: two clocks in one process"
java.time -07:00
java.util -08:00
EXPECTED
