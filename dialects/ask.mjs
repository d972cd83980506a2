// Answers each crontab text on standard input with the next three times of croner, or "refused".
import { createInterface } from "node:readline";
import { Cron } from "croner";

const after = new Date("2026-11-27T20:00:00Z");

function answer(text) {
  try {
    const times = new Cron(text, { timezone: "UTC", paused: true }).nextRuns(3, after);
    return times.map((time) => time.toISOString().slice(0, 19)).join(" ");
  } catch {
    return "refused";
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(answer(line));
}
