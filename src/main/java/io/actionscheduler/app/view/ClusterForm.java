package io.actionscheduler.app.view;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.store.ownership.ClusterState;
import io.actionscheduler.store.ownership.ClusterState.Member;
import io.actionscheduler.store.ownership.ClusterState.OwnedShard;
import io.actionscheduler.text.IsoTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A cluster as a JSON object. */
public final class ClusterForm {
  private final ClusterState state;
  private final ZoneId zone;

  private ClusterForm(ClusterState state, ZoneId zone) {
    this.state = requireNonNull(state, "state is null");
    this.zone = requireNonNull(zone, "zone is null");
  }

  /**
   * As an object with {@code name}, {@code members}, {@code shards}, {@code without_owner} (numbers
   * of shards) and {@code last_taken}.
   *
   * @param zone in which times are written
   */
  public static Map<String, Object> of(ClusterState state, ZoneId zone) {
    return new ClusterForm(state, zone).form();
  }

  private Map<String, Object> form() {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("name", state.name());
    form.put("members", state.members().stream().map(this::member).toList());
    form.put("shards", state.shards().stream().map(this::shard).toList());
    form.put("without_owner", numbers(state.withoutOwner()));
    form.put("last_taken", state.lastTaken().map(at -> IsoTime.text(at, zone)).orElse(null));
    return form;
  }

  private static List<Object> numbers(List<OwnedShard> shards) {
    return shards.stream().map(shard -> (Object) (long) shard.shard()).toList();
  }

  private Map<String, Object> member(Member member) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("member", member.number());
    form.put("host", member.process().host());
    form.put("pid", member.process().pid());
    form.put("alive", member.isAlive());
    form.put("since", IsoTime.text(member.process().since(), zone));
    form.put("lease_until", IsoTime.text(member.process().leaseUntil(), zone));
    form.put("shards", (long) state.of(member).size());
    return form;
  }

  private Map<String, Object> shard(OwnedShard shard) {
    Map<String, Object> form = new LinkedHashMap<>();
    form.put("shard", (long) shard.shard());
    form.put("member", shard.member().orElse(null));
    form.put("token", shard.token());
    form.put("since", shard.since().map(at -> IsoTime.text(at, zone)).orElse(null));
    return form;
  }
}
