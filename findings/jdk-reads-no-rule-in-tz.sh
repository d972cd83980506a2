#!/usr/bin/env bash
# OpenJDK 17.0.15 and Temurin 25.0.3: a rule in the variable TZ becomes a fixed offset, without a word.
#
# POSIX lets TZ hold a rule: CET-1CEST,M3.5.0,M10.5.0/3 is Central European time with its summer time, and GMT+3 is three
# hours behind UTC, as date, cron, Python and PostgreSQL read it. One guesses that Java follows the rule, or fails. It
# takes the first for +01:00 all year, and the second for +03:00, six hours off; an unknown name becomes GMT. Only the
# offset of the day the process was started on may be right. (JDK-8285838; also in 25.)
set -euo pipefail
W=$(mktemp -d)
trap 'rm -rf "$W"' EXIT
cd "$W"
cat > Summer.java <<'JAVA'
import java.time.Instant;
import java.time.ZoneId;

public class Summer {
  public static void main(String[] arguments) {
    System.out.println(
        ZoneId.systemDefault().getRules().getOffset(Instant.parse("2026-07-01T00:00:00Z")));
  }
}
JAVA
javac -d . Summer.java
java -version 2>&1 | head -1
for zone in 'CET-1CEST,M3.5.0,M10.5.0/3' 'GMT+3' 'Atlantis/City'; do
  echo "$zone: date $(TZ=$zone date -d @1782864000 +%:z), Java $(TZ=$zone java -cp . Summer)"
done | tee seen
diff seen - <<'EXPECTED' && echo "as described: an hour and six hours off"
CET-1CEST,M3.5.0,M10.5.0/3: date +02:00, Java +01:00
GMT+3: date -03:00, Java +03:00
Atlantis/City: date +00:00, Java Z
EXPECTED
