#!/usr/bin/env bash
# cron-parser 5.10.6 (npm): a zone whose clock goes back by half an hour has no next date for most daily schedules that night.
#
# Lord Howe goes from summer time (+11:00) back to +10:30 at 2:00 on the 4th of April 2027. "0 3 * * *" asked from the
# afternoon before: one guesses 3:00 of the 4th (16:30 in UTC). It throws "Invalid expression, loop limit exceeded" for an expression
# that is valid, and the same for "0 2 * * *". Asked once the clock has gone back, it answers. "30 9 * * *"
# and each hour of Berlin or New York, which move by a whole hour, have their dates. croner 11.0.1 answers 16:30.
#
# Needs bash, node and npm. Installs into a temporary folder only. Ends with 0 when all is as stated above, with 1 when it has changed.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund cron-parser@5.10.6 croner@11.0.1 > npm.log 2>&1 || { cat npm.log; exit 1; }
cat > next.mjs <<'JS'
import { CronExpressionParser } from 'cron-parser';
import { Cron } from 'croner';

function parser(text, tz, from) {
  try {
    return CronExpressionParser.parse(text, { currentDate: new Date(from), tz }).next().toDate().toISOString();
  } catch (e) {
    return e.message;
  }
}
const lordHowe = 'Australia/Lord_Howe';
for (const [text, tz, from] of [
  ['0 3 * * *', lordHowe, '2027-04-03T08:00Z'],
  ['0 2 * * *', lordHowe, '2027-04-03T08:00Z'],
  ['30 9 * * *', lordHowe, '2027-04-03T08:00Z'],
  ['0 3 * * *', lordHowe, '2027-04-03T16:00Z'],
  ['0 3 * * *', 'Europe/Berlin', '2027-10-30T20:00Z'],
]) {
  console.log(`${text} ${tz} ${from}: ${parser(text, tz, from)}`);
}
const croner = new Cron('0 3 * * *', { timezone: lordHowe, paused: true });
console.log('croner: ' + croner.nextRun(new Date('2027-04-03T08:00Z')).toISOString());
JS
node next.mjs | tee seen
diff seen - <<'EXPECTED' && echo "as described: no date in the night of the half hour"
0 3 * * * Australia/Lord_Howe 2027-04-03T08:00Z: Invalid expression, loop limit exceeded
0 2 * * * Australia/Lord_Howe 2027-04-03T08:00Z: Invalid expression, loop limit exceeded
30 9 * * * Australia/Lord_Howe 2027-04-03T08:00Z: 2027-04-03T23:00:00.000Z
0 3 * * * Australia/Lord_Howe 2027-04-03T16:00Z: 2027-04-03T16:30:00.000Z
0 3 * * * Europe/Berlin 2027-10-30T20:00Z: 2027-10-31T02:00:00.000Z
croner: 2027-04-03T16:30:00.000Z
EXPECTED
