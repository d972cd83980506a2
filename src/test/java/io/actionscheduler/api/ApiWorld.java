package io.actionscheduler.api;

import io.actionscheduler.app.lifecycle.App;
import io.actionscheduler.app.lifecycle.Reloads;
import io.actionscheduler.app.lifecycle.Running;
import io.actionscheduler.config.ConfigLoader;
import io.actionscheduler.config.InvalidConfig;
import io.actionscheduler.testing.ApiClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A whole scheduler with its API in this process, on a free port of the loopback address. */
public final class ApiWorld implements AutoCloseable {
  static final String ALL = "all-rights-0123456789abcdef0123456789";
  static final String READ = "read-only-0123456789abcdef0123456789";
  static final String RUN = "runs-only-0123456789abcdef0123456789";
  static final String WRITE = "writes-0123456789abcdef0123456789abc";

  /** Without any key. */
  static final String OPEN = "http: {port: 0}\n";

  /** With a key for each right, and one for all. */
  static final String KEYS =
      """
      http:
        port: 0
        api_key: %s
        api_keys:
          - {name: reader, key: %s, rights: [read]}
          - {name: runner, key: %s, rights: run}
          - {name: writer, key: "%s", rights: "read, write"}
      """
          .formatted(ALL, READ, RUN, WRITE);

  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private final Running running;
  private final URI address;
  private final Api api;

  private ApiWorld(
      App app,
      CompletableFuture<Running> running,
      CompletableFuture<URI> address,
      CompletableFuture<Api> api) {
    Thread thread =
        new Thread(
            () -> {
              try {
                ended.complete(app.run("test"));
              } catch (InterruptedException | RuntimeException | Error e) {
                ended.completeExceptionally(e);
              }
            },
            "scheduler");
    thread.start();
    this.address = get(address);
    this.running = get(running);
    this.api = get(api);
  }

  /** A scheduler with everything in {@code database.db} of a folder, polled once an hour. */
  static ApiWorld in(Path folder, String http) {
    return with(folder, http, "");
  }

  /**
   * The same.
   *
   * @param more settings; the first of them may be further callbacks, indented
   */
  static ApiWorld with(Path folder, String http, String more) {
    String database = folder.resolve("database.db").toString();
    String config =
        """
        timezone: UTC
        track_changes_period: 3600
        actions_db: {dialect: sqlite, database: "%1$s"}
        internal_db: {dialect: sqlite, database: "%1$s"}
        action:
          callback: quiet
          defaults: {merge_missed: false, actuality_time: -1}
        callbacks:
          quiet: {type: process, command: [cat], max_concurrent: 2}
          loud: {type: process, command: [sh, -c, 'echo "$COMMAND"']}
          slow: {type: process, command: [sleep, "30"]}
        """
            .formatted(database);
    return of(folder, http + config + more);
  }

  /** The same with all settings of one's own. */
  public static ApiWorld of(Path folder, String config) {
    return of(folder, config, () -> config);
  }

  /**
   * The same.
   *
   * @param again has the text of the settings when they are read again
   */
  public static ApiWorld of(Path folder, String config, Supplier<String> again) {
    try {
      CompletableFuture<Running> running = new CompletableFuture<>();
      CompletableFuture<URI> address = new CompletableFuture<>();
      CompletableFuture<Api> api = new CompletableFuture<>();
      Reloads reloads =
          new Reloads(
              ConfigLoader.parse(config, "", Map.of()),
              () -> ConfigLoader.parse(again.get(), "", Map.of()));
      App app =
          new App(
              reloads,
              folder.resolve("config.yaml"),
              InstantSource.system(),
              beside -> {
                running.complete(beside);
                Api started = (Api) Api.of("test", reloads, address::complete).start(beside);
                api.complete(started);
                return started;
              });
      return new ApiWorld(app, running, address, api);
    } catch (InvalidConfig e) {
      throw new IllegalArgumentException(e);
    }
  }

  private <T> T get(CompletableFuture<T> future) {
    try {
      return future.applyToEither(failure(), value -> value).get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("the scheduler did not start", e);
    }
  }

  private <T> CompletableFuture<T> failure() {
    return ended.thenApply(
        code -> {
          throw new IllegalStateException("it ended with code " + code);
        });
  }

  Api api() {
    return api;
  }

  Running running() {
    return running;
  }

  /** A client without a key. */
  ApiClient client() {
    return ApiClient.at(address);
  }

  ApiClient client(String key) {
    return client().withKey(key);
  }

  /** Where its API listens. */
  public URI address() {
    return address;
  }

  /** Waits until actions are in force. */
  public ApiWorld awaitReady() {
    org.awaitility.Awaitility.await()
        .atMost(java.time.Duration.ofSeconds(60))
        .until(() -> running.health().isReady());
    return this;
  }

  @Override
  public void close() {
    running.exit().stop("the test is over");
    try {
      ended.get(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
