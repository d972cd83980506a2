package io.actionscheduler.callback.redis;

import io.actionscheduler.callback.BatchCallback;
import io.actionscheduler.callback.CallbackFactory;
import io.actionscheduler.callback.CallbackSettings;
import io.actionscheduler.callback.InvalidSetting;
import java.util.Set;
import java.util.TreeSet;

/** Makes callbacks that push to a list, add to a stream or publish on a channel of Redis. */
public final class RedisFactory implements CallbackFactory {

  @Override
  public String type() {
    return "redis";
  }

  @Override
  public Set<String> settings() {
    Set<String> settings = new TreeSet<>(ServerSettings.KEYS);
    settings.addAll(RequestSettings.KEYS);
    return settings;
  }

  @Override
  public BatchCallback create(CallbackSettings settings) throws InvalidSetting {
    int concurrency = settings.number("max_concurrent", 20, 1, 1_000);
    Server server = ServerSettings.read(settings);
    Requests requests = RequestSettings.read(settings);
    return new RedisCallback(server, requests, concurrency);
  }
}
