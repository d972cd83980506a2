/** Membership by a consumer group of Kafka, whose topic carries no records. */
package io.actionscheduler.cluster.kafka;
