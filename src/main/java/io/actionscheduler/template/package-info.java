/**
 * One small language for every text that is made from a fire: {@code {name}} in braces, values from
 * the fire and its parameters, nothing that runs. Compiled and checked once, escaped by where the
 * text goes.
 */
package io.actionscheduler.template;
