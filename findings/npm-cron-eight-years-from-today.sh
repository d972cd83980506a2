#!/usr/bin/env bash
# cron 4.4.0 (npm): the third leap day ahead cannot be had, since eight years are counted from today, not from the date asked from.
#
# 0 9 29 2 * is the 29th of February, which is never more than eight years from the one before. CronJob.nextDates(2) gives two; one guesses that
# nextDates(3) gives three, as croner 11.0.1 and cron-parser 5.10.6 do. It throws "No execution date was found in the next 8 years", and the two dates found before are lost.
# The same with any schedule: CronTime.getNextDateFrom of a date nine years ahead throws for each hour, whose next run is an hour later. A list of the runs of a contract of ten years
# ends in this error.
# What to do: ask another library for dates that far ahead.
#
# Needs bash, node and npm. Installs into a temporary folder only. Ends with 0 when all is as stated above, with 1 when it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund cron@4.4.0 luxon@3.7.2 cron-parser@5.10.6 croner@11.0.1 > npm.log 2>&1 || { cat npm.log; exit 1; }
cat > ahead.mjs <<'JS'
import { CronJob, CronTime } from 'cron';
import { CronExpressionParser } from 'cron-parser';
import { Cron } from 'croner';
import { DateTime } from 'luxon';

const failed = (e) => e.message.split('\n')[0];
const leap = '0 9 29 2 *';
const job = CronJob.from({ cronTime: leap, onTick() {}, timeZone: 'UTC' });
for (const count of [2, 3]) {
  try {
    console.log(`${leap} cron, ${count} dates: ${job.nextDates(count).length}`);
  } catch (e) {
    console.log(`${leap} cron, ${count} dates: ${failed(e)}`);
  }
}
const parser = CronExpressionParser.parse(leap, { tz: 'UTC' });
console.log(`${leap} cron-parser, 3 dates: ${[1, 2, 3].map(() => parser.next()).length}`);
console.log(`${leap} croner, 3 dates: ${new Cron(leap, { timezone: 'UTC', paused: true }).nextRuns(3).length}`);
const hourly = '0 * * * *';
for (const years of [7, 9]) {
  const from = DateTime.utc().plus({ years }).startOf('hour');
  try {
    const next = new CronTime(hourly, 'UTC').getNextDateFrom(from, 'UTC');
    console.log(`${hourly} cron, ${years} years ahead: ${next.diff(from, 'minutes').minutes} minutes later`);
  } catch (e) {
    console.log(`${hourly} cron, ${years} years ahead: ${failed(e)}`);
  }
  const other = new Cron(hourly, { timezone: 'UTC', paused: true }).nextRun(from.toJSDate());
  console.log(`${hourly} croner, ${years} years ahead: ${(other - from.toMillis()) / 60_000} minutes later`);
}
JS
TZ=UTC node ahead.mjs > seen
cat seen
diff seen - <<'EXPECTED' && echo "as described: eight years from today"
0 9 29 2 * cron, 2 dates: 2
0 9 29 2 * cron, 3 dates: Something went wrong. No execution date was found in the next 8 years.
0 9 29 2 * cron-parser, 3 dates: 3
0 9 29 2 * croner, 3 dates: 3
0 * * * * cron, 7 years ahead: 60 minutes later
0 * * * * croner, 7 years ahead: 60 minutes later
0 * * * * cron, 9 years ahead: Something went wrong. No execution date was found in the next 8 years.
0 * * * * croner, 9 years ahead: 60 minutes later
EXPECTED
