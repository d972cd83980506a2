/**
 * Several processes, one timetable: to which shard an action belongs, which states a shard has in a
 * process, and what is done for each. Knows no server: {@code cluster.kafka} is the membership, and
 * {@code store.ownership} has the tokens.
 */
package io.actionscheduler.cluster;
