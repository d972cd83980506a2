#!/usr/bin/env bash
# cron 4.4.0 (npm): where the clock goes back over midnight, the date after a given one may lie before it.
#
# Santiago goes back from 24:00 to 23:00 on the 3rd of April 2027 (03:00 in UTC). CronTime.getNextDateFrom, asked from that very
# moment, 23:00 for the second time, for minutes 0 and 45 of each hour. One guesses 23:45, or at worst midnight. It gives 23:45 of the
# hour that has just passed, 15 minutes before the date that it was asked for: whoever walks from date to date never gets out of the
# hour. Berlin, which goes back in the middle of the night, has no such answer, so that a test of that zone shows nothing.
# cron-parser 5.10.6 and croner 11.0.1 answer 03:45 in UTC.
#
# Needs bash, node and npm. Installs into a temporary folder only. Ends with 0 when all is as stated above, with 1 when it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund cron@4.4.0 luxon@3.7.2 cron-parser@5.10.6 croner@11.0.1 > npm.log 2>&1 || { cat npm.log; exit 1; }
cat > next.mjs <<'JS'
import { CronTime } from 'cron';
import { CronExpressionParser } from 'cron-parser';
import { Cron } from 'croner';
import { DateTime } from 'luxon';

const text = '0,45 * * * *';
for (const [tz, from] of [['America/Santiago', '2027-04-04T03:00:00Z'], ['Europe/Berlin', '2027-10-31T01:00:00Z']]) {
  const at = new Date(from);
  const answers = {
    cron: new CronTime(text, tz).getNextDateFrom(DateTime.fromJSDate(at, { zone: tz })).toJSDate(),
    'cron-parser': CronExpressionParser.parse(text, { currentDate: at, tz }).next().toDate(),
    croner: new Cron(text, { timezone: tz, paused: true }).nextRun(at),
  };
  for (const [who, next] of Object.entries(answers)) {
    console.log(tz, 'after', from.slice(11, 16), who, next.toISOString().slice(11, 16), next > at ? '' : 'in the past');
  }
}
JS
node next.mjs | sed 's/ *$//' | tee seen
diff seen - <<'EXPECTED' && echo "as described: 15 minutes into the past"
America/Santiago after 03:00 cron 02:45 in the past
America/Santiago after 03:00 cron-parser 03:45
America/Santiago after 03:00 croner 03:45
Europe/Berlin after 01:00 cron 01:45
Europe/Berlin after 01:00 cron-parser 01:45
Europe/Berlin after 01:00 croner 01:45
EXPECTED
