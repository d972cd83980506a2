package io.actionscheduler.callback.kafka.exactlyonce;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.callback.CallbackException;
import io.actionscheduler.callback.Delivery;
import io.actionscheduler.callback.Report;
import java.util.List;

/**
 * Reports on a part of a batch.
 *
 * @param places where the fires of the part are in the batch
 * @param whole receives the results
 */
record PartOfBatch(List<Integer> places, Report whole) implements Report {
  PartOfBatch {
    places = List.copyOf(places);
    requireNonNull(whole, "whole is null");
  }

  /** The fires of the part. */
  List<Delivery> of(List<Delivery> batch) {
    return places.stream().map(batch::get).toList();
  }

  @Override
  public void delivered(int index) {
    whole.delivered(places.get(index));
  }

  @Override
  public void delivered(int index, String output) {
    whole.delivered(places.get(index), output);
  }

  @Override
  public void failed(int index, CallbackException why) {
    whole.failed(places.get(index), why);
  }

  /** None of the part was sent. */
  void allFailed(CallbackException why) {
    places.forEach(place -> whole.failed(place, why));
  }
}
