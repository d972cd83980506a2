/**
 * Moving in: schedules of other programs become rows, with a proof of what fires when. What is read
 * is data and nothing else: no code of the other program runs.
 */
package io.actionscheduler.move;
