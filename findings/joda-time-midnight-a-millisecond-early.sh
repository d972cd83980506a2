#!/usr/bin/env bash
# joda-time 2.15.1: a change of the clock that tzdata sets at 24:00 stands in its compiled zones at 23:59:59.999.
#
# Bangladesh went back from +07 to +06 at the end of 2009: tzdata has "2009 Dec 31 24:00", which is 17:00:00 in UTC. One
# guesses that the library changes the offset at that second, as the JDK, Python and the system's compiled zone do. It
# changes it a millisecond earlier: whoever turns its transitions into whole seconds by cutting off the rest has the
# clock change at 16:59:59. Of the 31,510 changes that it has from 1970 to 2040 this one (Asia/Dhaka, and Asia/Dacca,
# which stands for it) is the only one that is not on a whole second, so that spot checks of other zones do not show it.
set -euo pipefail
VERSION=2.15.1
W=$(mktemp -d)
trap 'rm -rf "$W"' EXIT
cd "$W"
mvn -B -ntp -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy \
  -Dartifact=joda-time:joda-time:$VERSION -DoutputDirectory="$W"
cat > Midnight.java <<'JAVA'
import java.time.Instant;
import java.time.ZoneId;
import org.joda.time.DateTimeZone;

public class Midnight {
  public static void main(String[] arguments) {
    long before = Instant.parse("2009-12-01T00:00:00Z").toEpochMilli();
    Instant joda = Instant.ofEpochMilli(DateTimeZone.forID("Asia/Dhaka").nextTransition(before));
    Instant jdk =
        ZoneId.of("Asia/Dhaka").getRules().nextTransition(Instant.ofEpochMilli(before)).getInstant();
    System.out.println("joda-time " + joda);
    System.out.println("java.time " + jdk);
  }
}
JAVA
java -cp "joda-time-$VERSION.jar" Midnight.java 2>/dev/null > seen
echo "joda-time $VERSION, the change of Asia/Dhaka at the end of 2009:"
cat seen
diff seen - <<'EXPECTED' && echo "as described: a millisecond early"
joda-time 2009-12-31T16:59:59.999Z
java.time 2009-12-31T17:00:00Z
EXPECTED
