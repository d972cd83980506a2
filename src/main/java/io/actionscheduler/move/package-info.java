/**
 * Moving in: schedules of other programs become rows, with a proof of the fire times. Everything is
 * read as data: no code of the other program runs.
 */
package io.actionscheduler.move;
