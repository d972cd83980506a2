package io.actionscheduler.app.lifecycle;

import static java.util.Objects.requireNonNull;

import io.actionscheduler.config.Settings;
import io.actionscheduler.fire.OwnedElsewhere;
import io.actionscheduler.fire.Store;
import io.actionscheduler.fire.StoreException;
import io.actionscheduler.fire.StoreOwner;
import io.actionscheduler.text.IsoTime;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The wait of a process that stands by: it tries again and again to become the owner, which
 * succeeds once the lease of the present owner has ended. Each change is logged once.
 */
final class Standby implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Standby.class);

  /** A change of owner is delayed by up to this time; each try is one small query. */
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);

  /** The interval while the store cannot be read: each try opens a connection. */
  private static final Duration TRY_EVERY = Duration.ofSeconds(1);

  private final Settings settings;
  private final Exit exit;
  private final Companion companion;
  private final ServiceManager manager;
  private volatile StandbyStatus status = StandbyStatus.UNKNOWN;
  private Optional<Companion.Started> beside = Optional.empty();
  private boolean isTold; // that this process stands by

  Standby(Settings settings, Exit exit, Companion companion, ServiceManager manager) {
    this.settings = requireNonNull(settings, "settings is null");
    this.exit = requireNonNull(exit, "exit is null");
    this.companion = requireNonNull(companion, "companion is null");
    this.manager = requireNonNull(manager, "manager is null");
  }

  /**
   * Waits until this process is the owner.
   *
   * @param lost runs when this process is no longer the owner
   * @return false when the program was asked to stop meanwhile
   * @throws StoreException when the settings are wrong, unless the store was reached before
   */
  boolean await(Store store, Runnable lost)
      throws StoreException, InterruptedException, IOException {
    boolean reached = false;
    Duration pause;
    do {
      try {
        store.own(lost);
        status
            .owner()
            .ifPresent(owner -> LOG.info("{}: taking over from {}", store.label(), owner.text()));
        return true;
      } catch (OwnedElsewhere e) {
        reached = true;
        found(store, e.owner());
        pause = LOOK_EVERY;
      } catch (StoreException e) {
        if (e.isMisconfigured() && !reached) {
          throw e;
        }
        cannotLook(e);
        pause = TRY_EVERY;
      }
    } while (!exit.await(pause));
    return false;
  }

  private void found(Store store, Optional<StoreOwner> owner) throws IOException {
    StandbyStatus before = status;
    status = new StandbyStatus(owner, Optional.empty());
    startBeside();
    if (!isTold || !isSame(before.owner(), owner)) {
      isTold = true;
      LOG.info(
          "standby: {} is owned by {}; this process takes over when the lease ends",
          store.label(),
          owner.map(this::text).orElse("another process"));
      manager.waiting(ServiceManager.STANDING_BY);
    } else if (before.problem().isPresent()) {
      LOG.info("standby: {} can be read again", store.label());
    }
  }

  private static boolean isSame(Optional<StoreOwner> one, Optional<StoreOwner> other) {
    return one.isPresent() ? other.filter(one.get()::isSameAs).isPresent() : other.isEmpty();
  }

  private String text(StoreOwner owner) {
    return owner.text() + ", lease until " + IsoTime.text(owner.leaseUntil(), settings.timezone());
  }

  private void cannotLook(StoreException why) throws IOException {
    if (status.problem().isEmpty()) {
      LOG.warn("standby: waiting until the store can be read: {}", why.getMessage());
    }
    status = new StandbyStatus(status.owner(), Optional.of(why.getMessage()));
    startBeside();
  }

  private void startBeside() throws IOException {
    if (beside.isEmpty()) {
      beside = Optional.of(companion.standBy(settings, () -> status));
    }
  }

  @Override
  public void close() {
    beside.ifPresent(Companion.Started::close);
  }
}
